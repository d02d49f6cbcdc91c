package org.nestor.generators.scenario;

/**
 * One operation of a scenario. Its operands are raw numbers, so that it means something in any state; where it cannot mean
 * anything, it does nothing.
 */
public sealed interface Step extends Operands<Step>
        permits TableStep, ConfigurationStep, CommandStep, DeviceStep, RegisterStep {}
