package org.referralgateway.api.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;

/**
 * The token that every form of ours carries and no form of another site can. It is computed from the cookie of the session
 * (before the login: of the visit), which nobody else can read or plant, so it needs no store and changes at the login.
 */
@Component
class FormTokens implements CsrfTokenRepository {

    private static final String NEW_VISIT = FormTokens.class.getName() + ".visit";

    private final Sessions sessions;

    FormTokens(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return cookie(request).map(FormTokens::of).orElse(null);
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        return DoorCookie.SESSION.in(request).or(() -> DoorCookie.VISIT.in(request));
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        var visit = sessions.token();
        request.setAttribute(NEW_VISIT, visit);
        return of(visit);
    }

    /** Called with what {@link #generateToken} made for a visitor without a cookie. */
    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token != null && request.getAttribute(NEW_VISIT) instanceof String visit) {
            DoorCookie.VISIT.set(visit, request, response);
        }
    }

    private static CsrfToken of(String cookie) {
        return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", tokenOf(cookie));
    }

    static String tokenOf(String cookie) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(cookie.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal("form token".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
