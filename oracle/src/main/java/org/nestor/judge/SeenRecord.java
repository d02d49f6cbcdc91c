package org.nestor.judge;

import org.nestor.smmu.format.EventRecord;

/**
 * A record found in the event queue.
 *
 * @param record its bits
 * @param notBefore an exchange at which it was not there yet
 * @param notAfter an exchange at which it was there
 */
record SeenRecord(EventRecord record, long notBefore, long notAfter) {}
