package org.referralgateway.api.access;

import java.util.Set;

/** Who calls. */
public sealed interface Caller {

    /** As the audit trail names them. */
    String actor();

    /**
     * An EHR, by a bearer token.
     *
     * @param sender the tenant: what it sent is all that it sees
     * @param client the registered client; a sender can have several, such as a test and a production system
     * @param scopes what the token allows, never more than the registration does
     * @param strict whether no fault of it is carried
     */
    record SenderCaller(String sender, String client, Scopes scopes, boolean strict) implements Caller {
        @Override
        public String actor() {
            return "sender:" + sender;
        }
    }

    /**
     * Somebody who works at the clinic, by a session.
     *
     * @param name as the pages show it and the trail names it
     * @param roles what they may do
     * @param reach whose referrals they see
     */
    record PersonCaller(String name, Set<Role> roles, Reach reach) implements Caller {
        public PersonCaller {
            roles = Set.copyOf(roles);
        }

        @Override
        public String actor() {
            return "person:" + name;
        }
    }
}
