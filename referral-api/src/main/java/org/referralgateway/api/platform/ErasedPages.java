package org.referralgateway.api.platform;

import org.referralgateway.api.vault.Erased;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** A page of somebody who was erased says so, with 410. */
@ControllerAdvice(annotations = Controller.class)
class ErasedPages {

    private final PageModel frame;

    ErasedPages(PageModel frame) {
        this.frame = frame;
    }

    @ExceptionHandler
    ModelAndView erased(Erased erased) {
        var page = new ModelAndView("error/410")
                .addObject("text", erased.text())
                .addObject("person", frame.person())
                .addObject("may", frame.may())
                .addObject("navigation", frame.navigation());
        page.setStatus(HttpStatus.GONE);
        return page;
    }
}
