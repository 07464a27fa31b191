package org.referralgateway.api.platform;

import java.io.IOException;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Style sheet and scripts of the pages, under {@code /assets}. Links to them carry a hash of the content, so browsers may
 * keep them for good and still never mix two versions.
 */
@Configuration(proxyBeanMethods = false)
class PageAssets implements WebMvcConfigurer {

    private static final String HTMX = "classpath*:/META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/assets/")
                .addResourceLocations(folderOfHtmx())
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable())
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
    }

    /** Writes the hashes into the links that templates make with {@code @{/assets/...}}. */
    @Bean
    ResourceUrlEncodingFilter resourceUrls() {
        return new ResourceUrlEncodingFilter();
    }

    private static String folderOfHtmx() {
        try {
            var found = new PathMatchingResourcePatternResolver().getResources(HTMX);
            if (found.length != 1) {
                throw new IllegalStateException(
                        "There should be one htmx on the class path, not " + found.length + ".");
            }
            var file = found[0].getURL().toString();
            return file.substring(0, file.lastIndexOf('/') + 1);
        } catch (IOException e) {
            throw new IllegalStateException("htmx is not on the class path.", e);
        }
    }
}
