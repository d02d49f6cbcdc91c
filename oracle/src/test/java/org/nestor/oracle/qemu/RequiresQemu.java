package org.nestor.oracle.qemu;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test class where there is no QEMU, and says so. With {@code CI=true} in the environment it fails instead, so that
 * the peer cannot silently disappear.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresQemu.Condition.class)
public @interface RequiresQemu {

    /** Looks for QEMU. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            try {
                return ConditionEvaluationResult.enabled(QemuLocator.find().toString());
            } catch (QemuMissingException missing) {
                if ("true".equals(System.getenv("CI"))) {
                    throw missing;
                }
                return ConditionEvaluationResult.disabled(String.valueOf(missing.getMessage()));
            }
        }
    }
}
