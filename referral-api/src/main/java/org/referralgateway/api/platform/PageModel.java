package org.referralgateway.api.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.access.Caller.PersonCaller;
import org.referralgateway.api.access.May;
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

    /** Nobody on pages that are open to anyone, and on those about errors. */
    @ModelAttribute("person")
    @Nullable
    String person() {
        return identity.caller().orElse(null) instanceof PersonCaller person ? person.name() : null;
    }

    @ModelAttribute("may")
    May may() {
        return new May(identity.caller().orElse(null));
    }

    @ModelAttribute("navigation")
    List<Navigation.Item> navigation() {
        return Navigation.of(may());
    }
}
