package org.nestor.judge;

import org.nestor.protocol.Interrupt;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/** The interrupt sources that have registers of their own. CMD_SYNC carries its MSI itself and needs no enable bit. */
enum InterruptSource {
    EVENTQ(
            Interrupt.EVENTQ,
            Register.EVENTQ_IRQ_CFG0,
            Register.EVENTQ_IRQ_CFG1,
            "EVENTQ_IRQEN",
            GlobalError.MSI_EVENTQ_ABT_ERR,
            RuleId.of("A-IRQ-02")),
    PRIQ(
            Interrupt.PRIQ,
            Register.PRIQ_IRQ_CFG0,
            Register.PRIQ_IRQ_CFG1,
            "PRIQ_IRQEN",
            GlobalError.MSI_PRIQ_ABT_ERR,
            RuleId.of("A-IRQ-04")),
    GERROR(
            Interrupt.GERROR,
            Register.GERROR_IRQ_CFG0,
            Register.GERROR_IRQ_CFG1,
            "GERROR_IRQEN",
            GlobalError.MSI_GERROR_ABT_ERR,
            RuleId.of("A-GER-05"));

    final Interrupt name;
    final Register address;
    final Register data;
    final long enable;
    final GlobalError msiError;
    final RuleId rule;

    InterruptSource(Interrupt name, Register address, Register data, String enable, GlobalError msiError, RuleId rule) {
        this.name = name;
        this.address = address;
        this.data = data;
        Field field = RegisterLayouts.IRQ_CTRL.field(enable);
        this.enable = field.mask();
        this.msiError = msiError;
        this.rule = rule;
    }
}
