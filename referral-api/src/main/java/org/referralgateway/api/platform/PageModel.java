package org.referralgateway.api.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the frame around every page shows. */
@ControllerAdvice(annotations = Controller.class)
class PageModel {

    private final Identity identity;

    PageModel(Identity identity) {
        this.identity = identity;
    }

    @ModelAttribute("person")
    String person(HttpServletRequest request) {
        return identity.person(request);
    }

    @ModelAttribute("people")
    List<String> people() {
        return identity.people();
    }

    /** Where the visitor is, for forms that lead back to it. */
    @ModelAttribute("here")
    String here(HttpServletRequest request) {
        var query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }
}
