package org.referralgateway.mapper;

import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.SentResource.Withdrawal;
import org.referralgateway.mapper.SentResource.Write;

/** What a sender wants done about one referral: how it is to be stored, and the status that its placer gives it. */
public sealed interface Purpose {

    /** A referral that is not there yet. */
    record New() implements Purpose {}

    /**
     * A new version of one that is there.
     *
     * @param orNew true where it is a new referral if it is not there (PUT, and messages that go on with one)
     */
    record Amendment(boolean orNew) implements Purpose {}

    /** One that is there is called off. */
    record Withdrawn(Withdrawal why) implements Purpose {}

    /** A referral that stands on the sender's server; absent where only its number is known. */
    record ByReference(@Nullable String reference) implements Purpose {}

    /**
     * @param request one of {@link Submission#requests()}
     */
    static Purpose of(SentResource request) {
        return switch (request.write()) {
            case Write.Create create -> new New();
            case Write.CreateUnlessKnown unless -> new New();
            case Write.StoredAs already -> new New();
            case Write.Within within -> new New();
            case Write.Put put -> changed(request, true);
            case Write.PutWhere put -> changed(request, true);
            case Write.Amend amend -> changed(request, amend.orNew());
            case Write.Withdraw withdraw -> new Withdrawn(withdraw.why());
            case Write.Fetch fetch -> new ByReference(fetch.reference());
        };
    }

    private static Purpose changed(SentResource request, boolean orNew) {
        var status = request.resource() instanceof ServiceRequest sent ? sent.getStatus() : null;
        return switch (status) {
            case REVOKED -> new Withdrawn(Withdrawal.REVOKED);
            case ENTEREDINERROR -> new Withdrawn(Withdrawal.ENTERED_IN_ERROR);
            case null, default -> new Amendment(orNew);
        };
    }
}
