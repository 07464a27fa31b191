package org.referralgateway.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DoorCookieTest {

    private static MockHttpServletRequest request(boolean overTls, Cookie... cookies) {
        var request = new MockHttpServletRequest("GET", "/worklist");
        request.setSecure(overTls);
        request.setCookies(cookies);
        return request;
    }

    @Test
    void overTlsACookieBelongsToThisHostAlone() {
        var response = new MockHttpServletResponse();
        DoorCookie.SESSION.set("token", request(true), response);

        assertThat(response.getHeader("Set-Cookie"))
                .startsWith("__Host-referral-session=token")
                .contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void overTlsAPlainCookieIsNotLookedAt() {
        var planted = request(true, new Cookie("referral-session", "planted"));
        var ours = request(true, new Cookie("__Host-referral-session", "ours"));

        assertThat(DoorCookie.SESSION.in(planted)).isEmpty();
        assertThat(DoorCookie.SESSION.in(ours)).hasValue("ours");
    }
}
