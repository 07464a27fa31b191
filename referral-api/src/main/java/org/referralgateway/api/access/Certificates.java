package org.referralgateway.api.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The certificate that a client showed for its connection, as its SHA-256 (RFC 8705). */
final class Certificates {

    private static final String SHOWN = "jakarta.servlet.request.X509Certificate";

    private Certificates() {}

    /** Nothing where the client showed none. The web server has checked that whoever shows it has its key. */
    static @Nullable String ofThisConnection() {
        var request = RequestContextHolder.getRequestAttributes();
        return request != null
                        && request.getAttribute(SHOWN, RequestAttributes.SCOPE_REQUEST)
                                instanceof X509Certificate[] chain
                        && chain.length > 0
                ? thumbprint(chain[0])
                : null;
    }

    static String thumbprint(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
