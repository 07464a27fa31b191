package org.referralgateway.api.platform;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Lets a visitor of the demo say which of its people they are. */
@Controller
class PersonController {

    private final Identity identity;

    PersonController(Identity identity) {
        this.identity = identity;
    }

    @PostMapping("/person")
    ResponseEntity<Void> choose(@RequestParam String person, @RequestParam(required = false) @Nullable String back) {
        var answer = ResponseEntity.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, LocalPath.or("/", back));
        if (identity.people().contains(person)) {
            answer.header(HttpHeaders.SET_COOKIE, cookie(person).toString());
        }
        return answer.build();
    }

    private static ResponseCookie cookie(String person) {
        var value = URLEncoder.encode(person, StandardCharsets.UTF_8);
        return ResponseCookie.from(Identity.PERSON_COOKIE, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .build();
    }
}
