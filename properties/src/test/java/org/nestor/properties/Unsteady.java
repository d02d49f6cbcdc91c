package org.nestor.properties;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import java.util.Set;

/** Calls whose answer differs from one run to the next: clocks, and randomness without a seed. */
final class Unsteady {

    private static final Set<String> METHODS = Set.of(
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.identityHashCode",
            "java.util.UUID.randomUUID",
            "java.util.Collections.shuffle(java.util.List)",
            "java.util.concurrent.ThreadLocalRandom.current");

    private static final Set<String> UNSEEDED =
            Set.of("java.util.Random.<init>()", "java.util.SplittableRandom.<init>()");

    private Unsteady() {}

    static boolean is(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        String owner = target.getOwner().getName();
        String fullName = target.getFullName();
        String withoutParameters = owner + "." + target.getName();
        return METHODS.contains(withoutParameters)
                || METHODS.contains(fullName)
                || UNSEEDED.contains(fullName)
                || owner.equals("java.security.SecureRandom")
                || (owner.startsWith("java.time.") && target.getName().equals("now"));
    }
}
