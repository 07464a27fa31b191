package org.referralgateway.clinical.tables;

import java.util.Set;

/** Whether the name of a diagnosis says that it is in remission. */
public final class Remission {

    /** ICD's names of what is active say it, too: "not having achieved remission", "Ohne Angabe einer kompletten Remission". */
    private static final Set<String> NOT =
            Stance.words("not no without never failed relapse relapsed relapsing partial ohne keine kein"
                    + " nicht partielle partieller teilremission rezidiv sans pas sin zonder geen niet");

    private Remission() {}

    public static boolean isSaidIn(Tokens label) {
        return label.has("remission") && NOT.stream().noneMatch(label::has);
    }
}
