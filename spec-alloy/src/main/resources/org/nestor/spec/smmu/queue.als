module smmu/queue

/*
 * The indexes of one circular queue of 2^n entries, n = 2, and the overflow flags of an output queue (IHI 0070 section 3.5).
 *
 * A position is an index with a wrap flag above it, so there are two laps of it: 2 * 2^n positions in a ring. `successor` is the
 * increment of a position; `twin` is the position with the same index and the other wrap flag. Claims about other n are the
 * Java properties' business: they check the same statements for each n up to 6.
 *
 * Rules: A-REG-18 (positions), A-EVQ-02 (writing an event), A-EVQ-03, A-EVQ-04 and A-EVQ-05 (overflow and its acknowledgement).
 */

abstract sig Position { successor: one Position, twin: one Position }
one sig P0, P1, P2, P3, Q0, Q1, Q2, Q3 extends Position {}

fact ring {
  successor = P0->P1 + P1->P2 + P2->P3 + P3->Q0 + Q0->Q1 + Q1->Q2 + Q2->Q3 + Q3->P0
  twin = P0->Q0 + P1->Q1 + P2->Q2 + P3->Q3 + Q0->P0 + Q1->P1 + Q2->P2 + Q3->P3
}

one sig Queue {
  var prod: one Position,
  var cons: one Position
}

/* OVFLG of PROD and OVACKFLG of CONS: set or not. */
one sig Flag {}
one sig Overflow {
  var ovflg: lone Flag,
  var ovackflg: lone Flag
}

/* What the producer has lost since software last acknowledged: history, not state of the queue. */
one sig Lost {}
var sig lost in Lost {}

pred empty { Queue.prod = Queue.cons }
pred full { Queue.prod = Queue.cons.twin }
pred unacknowledged { Overflow.ovflg != Overflow.ovackflg }

/* The positions of the entries that are in the queue: from cons up to, and without, prod. */
fun filled: set Position {
  empty => none else Queue.cons.*(successor - Queue.prod->Position - Position->Queue.prod)
}

pred init {
  Queue.prod = P0 and Queue.cons = P0
  no Overflow.ovflg and no Overflow.ovackflg
  no lost
}

pred flagsStay { ovflg' = ovflg and ovackflg' = ovackflg and lost' = lost }

pred produce {
  not full
  prod' = Queue->Queue.prod.successor and cons' = cons
  flagsStay
}

/* A full queue takes nothing; the first loss inverts OVFLG, and further ones show nothing new. */
pred lose {
  full
  prod' = prod and cons' = cons and ovackflg' = ovackflg and lost' = Lost
  unacknowledged => ovflg' = ovflg else ovflg' = Overflow->(Flag - Overflow.ovflg)
}

pred consume {
  not empty
  cons' = Queue->Queue.cons.successor and prod' = prod
  flagsStay
}

pred acknowledge {
  prod' = prod and cons' = cons and ovflg' = ovflg
  ovackflg' = Overflow->Overflow.ovflg
  no lost'
}

pred idle { prod' = prod and cons' = cons and flagsStay }

pred step { produce or lose or consume or acknowledge or idle }

pred behaves { init and always step }

/* Of two indexes that meet, only the one behind may move on. */
assert producerNeverPassesConsumer {
  behaves implies always (full implies prod' = prod)
}
check producerNeverPassesConsumer for 1 but exactly 10 steps, 0 int expect 0

assert consumerNeverPassesProducer {
  behaves implies always (empty implies cons' = cons)
}
check consumerNeverPassesProducer for 1 but exactly 10 steps, 0 int expect 0

/* No index is in the queue twice, so there are at most 2^n entries; and full means that every index is. */
assert neverMoreEntriesThanTheQueueHas {
  behaves implies always (no filled & filled.twin and (full iff filled + filled.twin = Position))
}
check neverMoreEntriesThanTheQueueHas for 1 but exactly 10 steps, 0 int expect 0

assert emptyIsNeverFull {
  always not (empty and full)
}
check emptyIsNeverFull for 1 but exactly 4 steps, 0 int expect 0

/* Software sees OVFLG and OVACKFLG differ exactly if something was lost that it has not acknowledged. */
assert overflowIsReportedUntilAcknowledged {
  behaves implies always (unacknowledged iff some lost)
}
check overflowIsReportedUntilAcknowledged for 1 but exactly 10 steps, 0 int expect 0

/* A-EVQ-02: as long as there is room nothing is lost. */
assert onlyAFullQueueLoses {
  behaves implies always ((no lost and some lost') implies full)
}
check onlyAFullQueueLoses for 1 but exactly 10 steps, 0 int expect 0

/* Companions: the situations that the claims are about do occur under these predicates. */
pred fillsAndDrains { behaves and eventually (full and eventually (empty and eventually full)) }
run fillsAndDrains for 1 but exactly 14 steps, 0 int expect 1

pred losesTwiceAndAcknowledges {
  behaves and eventually (lose and after (lose and after eventually (acknowledge and after eventually lose)))
}
run losesTwiceAndAcknowledges for 1 but exactly 10 steps, 0 int expect 1

pred consumesWhileOverflowIsPending { behaves and eventually (unacknowledged and consume and after produce) }
run consumesWhileOverflowIsPending for 1 but exactly 10 steps, 0 int expect 1
