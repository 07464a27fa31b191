package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Concept;

/** The ServiceRequest's own elements. Source: <a href="http://hl7.org/fhir/R4/servicerequest.html">ServiceRequest</a>. */
final class RequestMapping {

    private final ServiceRequest request;
    private final String path;
    private final Trace trace;

    RequestMapping(ServiceRequest request, String path, Trace trace) {
        this.request = request;
        this.path = path;
        this.trace = trace;
    }

    /**
     * @param amendment true where the referral is there already, so that its placer may also say that it is completed
     * @param takesDrafts true in a dialect that sends drafts on purpose
     */
    String status(boolean amendment, boolean takesDrafts) {
        var status = request.getStatus();
        trace.copied("status", path + ".status");
        if (amendment && status == ServiceRequest.ServiceRequestStatus.COMPLETED) {
            trace.warning(
                    IssueCode.STATUS_UNUSUAL,
                    path + ".status",
                    "The status completed was taken; a coordinator will ask what became of it.");
            return status.toCode();
        }
        if (takesDrafts && status == ServiceRequest.ServiceRequestStatus.DRAFT) {
            trace.warning(
                    IssueCode.STATUS_UNUSUAL,
                    path + ".status",
                    "The draft was taken, because this event begins a referral with one; a coordinator will ask before"
                            + " anything is planned.");
            return status.toCode();
        }
        switch (status) {
            case ACTIVE -> {}
            case ONHOLD, UNKNOWN ->
                trace.warning(
                        IssueCode.STATUS_UNUSUAL,
                        path + ".status",
                        "The status " + status.toCode()
                                + " was taken; a coordinator will ask before anything is planned.");
            case DRAFT ->
                trace.error(
                        IssueCode.STATUS_NOT_ACTIONABLE,
                        path + ".status",
                        "A draft is not yet a request to us. Send it with status active once it is signed.");
            case REVOKED, COMPLETED, ENTEREDINERROR ->
                trace.error(
                        IssueCode.STATUS_NOT_ACTIONABLE,
                        path + ".status",
                        "A new referral cannot be " + status.toCode()
                                + ". Send it as active; to change one that you sent before, use PUT.");
            case null, default ->
                trace.error(IssueCode.REQUIRED_MISSING, path + ".status", "Send a status; active for a new referral.");
        }
        return status == null ? "" : status.toCode();
    }

    @Nullable
    String intent() {
        var intent = request.getIntent();
        if (intent == null) {
            return null;
        }
        trace.copied("intent", path + ".intent");
        if (intent != ServiceRequest.ServiceRequestIntent.ORDER) {
            trace.information(
                    IssueCode.INTENT_UNUSUAL,
                    path + ".intent",
                    "The intent " + intent.toCode() + " is taken as a request to see the patient, like order.");
        }
        return intent.toCode();
    }

    void modifiers() {
        if (request.getDoNotPerform()) {
            trace.error(
                    IssueCode.DO_NOT_PERFORM,
                    path + ".doNotPerform",
                    "This asks that something not be done, which is no referral.");
        }
    }

    @Nullable
    String authoredOn() {
        if (!request.hasAuthoredOn()) {
            return null;
        }
        trace.copied("authoredOn", path + ".authoredOn");
        return request.getAuthoredOnElement().getValueAsString();
    }

    @Nullable
    String occurrence() {
        var text = request.getOccurrence() instanceof Timing timing
                ? Timings.withBounds(timing)
                : Periods.text(request.getOccurrence());
        if (text != null) {
            trace.copied("occurrence", path + ".occurrence");
        }
        return text;
    }

    List<Concept> service() {
        var service = Concepts.of(request.getCode());
        if (Concepts.isEmpty(service)) {
            return List.of();
        }
        trace.copied("service[0]", path + ".code");
        return List.of(service);
    }

    List<Concept> categories() {
        var categories = new ArrayList<Concept>();
        for (int i = 0; i < request.getCategory().size(); i++) {
            trace.copied("categories[" + i + "]", path + ".category[" + i + "]");
            categories.add(Concepts.of(request.getCategory().get(i)));
        }
        return categories;
    }

    /** How the service is to be done. */
    List<Concept> orderDetails() {
        var details = new ArrayList<Concept>();
        for (int i = 0; i < request.getOrderDetail().size(); i++) {
            var detail = request.getOrderDetail().get(i);
            if (!ContactSafetyMapping.isProhibition(detail)) {
                trace.copied("orderDetails[" + details.size() + "]", path + ".orderDetail[" + i + "]");
                details.add(Concepts.of(detail));
            }
        }
        written(details, "quantity", Values.text(request.getQuantity()), "Quantity: ");
        written(details, "asNeeded", Values.text(request.getAsNeeded()), "As needed: ");
        return details;
    }

    private void written(List<Concept> details, String element, @Nullable String value, String label) {
        if (value != null) {
            trace.computed("orderDetails[" + details.size() + "]", path + "." + element);
            details.add(new Concept(List.of(), label + value));
        }
    }
}
