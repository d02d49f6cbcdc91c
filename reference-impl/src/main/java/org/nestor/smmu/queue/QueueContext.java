package org.nestor.smmu.queue;

import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.interrupt.GlobalErrors;
import org.nestor.smmu.interrupt.InterruptController;
import org.nestor.smmu.register.RegisterBank;

/** What the three queues have in common around them. */
public record QueueContext(
        RegisterBank bank,
        PhysicalMemory memory,
        GlobalErrors errors,
        InterruptController interrupts,
        QueueArithmetic arithmetic,
        RuleLog rules) {}
