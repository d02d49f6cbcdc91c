module smmu/ste
open smmu/features

/*
 * A stream table entry under the ID registers: which rules it breaks, and what a legal one sets up (IHI 0070 section 5.2).
 *
 * Each predicate without parameters is one decision; it has the name of the decision in SteLegality, and `violations` says which rule it
 * is. The table is complete: for each decision, the build enumerates every combination of the fields that the decision reads, makes
 * the 64 bytes and the ID registers of it, and holds violations and decoding of the Java against the ones here.
 *
 * Left out, since they are legal with every value: S1DSS, S2R, MEV, CONT, the cacheability and attribute fields. A base address is known
 * by its size, a VMID by whether it needs 16 bits.
 */

one sig Ste {
  v: lone Yes,
  config: one N0 + N1 + N2 + N3 + N4 + N5 + N6 + N7,
  s1Fmt: one N0 + N1 + N2 + N3,
  s1CdMax: one N0 + N1 + N2 + N3 + N4 + N5 + N6 + N7 + N8 + N9 + N10 + N11 + N12 + N13 + N14 + N15 + N16 + N17 + N18 + N19 + N20
    + N21 + N22 + N23 + N24 + N25 + N26 + N27 + N28 + N29 + N30 + N31,
  s1ContextPtr: one Size,
  s1stalld: lone Yes,
  eats: one N0 + N1 + N2 + N3,
  strw: one N0 + N1 + N2 + N3,
  s2vmidWide: lone Yes,
  s2t0sz: one Number,
  s2sl0: one N0 + N1 + N2 + N3,
  s2tg: one N0 + N1 + N2 + N3,
  s2ps: one N0 + N1 + N2 + N3 + N4 + N5 + N6 + N7,
  s2aa64: lone Yes,
  s2endi: lone Yes,
  s2affd: lone Yes,
  s2ptw: lone Yes,
  s2hd: lone Yes,
  s2ha: lone Yes,
  s2s: lone Yes,
  s2fwb: lone Yes,
  s2ttb: one Size
}

/* CR2.E2H. */
one sig Cr2 { e2h: lone Yes }

fun stage1Configs: set Number { N5 + N7 }
fun stage2Configs: set Number { N6 + N7 }

/* A-STE-01, A-STE-02: with V = 0 or an aborting Config nothing else is examined. */
pred stage1 { some Ste.v and Ste.config in stage1Configs }
pred stage2 { some Ste.v and Ste.config in stage2Configs }
pred stage2Aarch64 { stage2 and some Ste.s2aa64 }

/* S2TG 11 is no granule. */
fun granule: lone Granule { Ste.s2tg.(N0->K4 + N1->K64 + N2->K16) }

/* STRW chooses a world only for stage 1 alone and with EL2. A-STE-13, A-STE-14, A-STE-15. */
pred strwExamined { stage1 and not stage2 and some Smmu.hyp and some Smmu.s1p }

/* ---- stage 1 ---- */

pred stage1NotImplemented { stage1 and no Smmu.s1p }

pred tooManyContexts { stage1 and Smmu.ssidSize != N0 and gt[Ste.s1CdMax, Smmu.ssidSize] }

pred twoLevelContextsNotImplemented {
  stage1 and Smmu.ssidSize != N0 and Ste.s1CdMax != N0
  no Smmu.cd2l and Ste.s1Fmt in N1 + N2
}

pred stallDisableNotImplemented { stage1 and some Ste.s1stalld and Smmu.stallModel != N0 }

pred reservedWorld { strwExamined and Ste.strw in N1 + N3 }

pred contextPointerTooWide { stage1 and not stage2 and gt[Ste.s1ContextPtr, oas] }

/* Also allowed is a stage 2 fault; the reference refuses the STE. */
pred contextPointerIpaTooWide { stage1 and stage2 and gt[Ste.s1ContextPtr, ias] }

/* ---- stage 2 ---- */

pred stage2NotImplemented { stage2 and no Smmu.s2p }

pred stage2FormatNotImplemented { stage2 and not (some Ste.s2aa64 => aarch64 else aarch32) }

pred stage2GranuleUnsupported { stage2Aarch64 and no granule & granules }

/* Only a 64 KiB table can lie above 48 bits. */
pred stage2BaseTooWide {
  stage2
  gt[Ste.s2ttb, effective[Ste.s2ps]] or (some Ste.s2aa64 and granule != K64 and Ste.s2ttb = B52)
}

pred stage2RangeTooSmall {
  stage2Aarch64 and gt[Ste.s2t0sz, (no Smmu.stt => N39 else granule = K64 => N47 else N48)]
}

fun sixtyFourMinus: Size -> Number { B32->N32 + B36->N28 + B40->N24 + B42->N22 + B44->N20 + B48->N16 + B52->N12 }

pred stage2RangeTooLarge {
  stage2Aarch64
  lt[Ste.s2t0sz, ias.sixtyFourMinus]
    or (some Smmu.v3_1 and lt[Ste.s2t0sz, (granule = K64 => N12 else N16)])
}

/* The start level of each S2SL0; what is missing is reserved. */
fun startLevels: Granule -> Number -> Number {
  K4->(N0->N2 + N1->N1 + N2->N0) + { g: K4, sl0: N3, level: N3 | some Smmu.stt }
    + (K16 + K64)->(N0->N3 + N1->N2 + N2->N1)
}
fun startLevel: lone Number { Ste.s2sl0.(granule.startLevels) }

pred startLevelReserved { stage2Aarch64 and some granule and no startLevel }

/*
 * The least and the greatest S2T0SZ that a start level serves: from one bit more than the level below needs, to 16 concatenated tables.
 * The 64 KiB level 1 would go down to 5.
 */
fun leastT0sz: Granule -> Number -> Number {
  K4->(N0->N12 + N1->N21 + N2->N30 + N3->N39) + K16->(N1->N13 + N2->N24 + N3->N35) + K64->(N1->N5 + N2->N18 + N3->N31)
}
fun greatestT0sz: Granule -> Number -> Number {
  K4->(N0->N24 + N1->N33 + N2->N42 + N3->N51) + K16->(N1->N27 + N2->N38 + N3->N49) + K64->(N1->N21 + N2->N34 + N3->N47)
}

pred startLevelDoesNotFit {
  stage2Aarch64
  lt[Ste.s2t0sz, startLevel.(granule.leastT0sz)] or gt[Ste.s2t0sz, startLevel.(granule.greatestT0sz)]
}

pred stage2ByteOrderUnsupported { stage2 and excludes[Ste.s2endi] }

pred stage2HardwareUpdateUnsupported {
  stage2
  (some Ste.s2ha + Ste.s2hd and (Smmu.httu = N0 or no Ste.s2aa64)) or (some Ste.s2hd and Smmu.httu = N1)
}

pred stage2StallUnsupported { stage2 and some Ste.s2s and Smmu.stallModel = N1 }

pred stage2StallMissing { stage2 and no Ste.s2s and Smmu.stallModel = N2 }

pred forceWriteBackWithoutAarch64 { stage2 and some Smmu.fwb and some Ste.s2fwb and no Ste.s2aa64 }

/* ---- both ---- */

pred vmidTooWide {
  some Smmu.s2p and no Smmu.vmid16 and some Ste.s2vmidWide
  stage2 or (stage1 and not (strwExamined and Ste.strw = N2))
}

pred splitAtsImpossible {
  some Smmu.ats and (stage1 or stage2) and Ste.eats = N2
  not (stage1 and stage2) or some Ste.s2s or some Smmu.ns1ats
}

pred atsWithStall { some Smmu.ats and stage2 and Ste.eats = N1 and some Ste.s2s }

/* ---- what comes of it ---- */

enum Rule {
  A_STE_03, A_STE_04, A_STE_06, A_STE_07, A_STE_11, A_STE_12, A_STE_16, A_STE_17, A_STE_18, A_STE_19, A_STE_21,
  A_STE_22, A_STE_23, A_STE_24, A_STE_25, A_STE_26, A_STE_27, A_STE_29, A_STE_30, A_STE_31, A_STE_32, A_STE_33, A_STE_34
}

fun violations: set Rule {
  { r: A_STE_03 | stage1NotImplemented } + { r: A_STE_04 | stage2NotImplemented } + { r: A_STE_06 | tooManyContexts }
    + { r: A_STE_07 | twoLevelContextsNotImplemented } + { r: A_STE_11 | stallDisableNotImplemented }
    + { r: A_STE_12 | reservedWorld } + { r: A_STE_16 | contextPointerTooWide } + { r: A_STE_17 | contextPointerIpaTooWide }
    + { r: A_STE_18 | stage2FormatNotImplemented } + { r: A_STE_19 | stage2GranuleUnsupported }
    + { r: A_STE_21 | stage2BaseTooWide } + { r: A_STE_22 | stage2RangeTooSmall } + { r: A_STE_23 | startLevelDoesNotFit }
    + { r: A_STE_24 | stage2RangeTooLarge } + { r: A_STE_25 | startLevelReserved }
    + { r: A_STE_26 | stage2ByteOrderUnsupported } + { r: A_STE_27 | stage2HardwareUpdateUnsupported }
    + { r: A_STE_29 | stage2StallUnsupported } + { r: A_STE_30 | stage2StallMissing } + { r: A_STE_31 | vmidTooWide }
    + { r: A_STE_32 | forceWriteBackWithoutAarch64 } + { r: A_STE_33 | splitAtsImpossible } + { r: A_STE_34 | atsWithStall }
}

enum Outcome { SilentAbort, BadSte, Bypass, Stage1, Stage2, Nested }

/* A-STE-01 to A-STE-05, A-EVQ-17. */
fun outcome: set Outcome {
  no Ste.v => BadSte
  else Ste.config in N0 + N1 + N2 + N3 => SilentAbort
  else some violations => BadSte
  else Ste.config.(N4->Bypass + N5->Stage1 + N6->Stage2 + N7->Nested)
}

enum World { NsEl1, El2, El2E2h }

/* A-RGM-01 to A-RGM-04, A-STE-13 to A-STE-15. */
fun world: lone World {
  outcome in SilentAbort + BadSte => none
  else not (strwExamined and Ste.strw = N2) => NsEl1
  else some Cr2.e2h => El2E2h
  else El2
}

enum Aspect { AccessUpdated, DirtyUpdated, WalkProtected, WriteBackForced, BigEndian, AccessFlagIgnored }

/* How stage 2 works if it does. A-STE-28, A-STE-32, A-NST-08: S2PTW concerns stage 1 walks. */
fun aspects: set Aspect {
  { a: AccessUpdated | outcome in Stage2 + Nested and some Ste.s2ha }
    + { a: DirtyUpdated | outcome in Stage2 + Nested and some Ste.s2ha and some Ste.s2hd }
    + { a: WalkProtected | outcome = Nested and some Ste.s2ptw }
    + { a: WriteBackForced | outcome in Stage2 + Nested and some Smmu.fwb and some Ste.s2fwb }
    + { a: BigEndian | outcome in Stage2 + Nested and some Ste.s2endi }
    + { a: AccessFlagIgnored | outcome in Stage2 + Nested and some Ste.s2affd }
}

/* ---- claims ---- */

assert everySteHasOneOutcome { one outcome and (outcome = BadSte iff (no Ste.v or some violations)) }
check everySteHasOneOutcome for 1 but 0 int expect 0

/* A-STE-01, A-STE-02, A-STE-05: what is not examined breaks no rule. */
assert unexaminedFieldsBreakNoRule { (no Ste.v or Ste.config not in stage1Configs + stage2Configs) implies no violations }
check unexaminedFieldsBreakNoRule for 1 but 0 int expect 0

assert nestedNeedsBothStages { outcome = Nested implies some Smmu.s1p and some Smmu.s2p }
check nestedNeedsBothStages for 1 but 0 int expect 0

assert el2ServesStage1Alone { some world & (El2 + El2E2h) implies outcome = Stage1 and some Smmu.hyp }
check el2ServesStage1Alone for 1 but 0 int expect 0

/* A-STE-23 and its neighbours leave a legal stage 2 one way to walk, and an address that is no wider than the SMMU's. */
assert legalStage2HasAWalk {
  (outcome in Stage2 + Nested and some Ste.s2aa64) implies {
    granule in granules and one startLevel
    gte[Ste.s2t0sz, ias.sixtyFourMinus]
    lte[Ste.s2ttb, oas]
  }
}
check legalStage2HasAWalk for 1 but 0 int expect 0

/* A-STE-33, A-STE-34: a stream that may stall at stage 2 has no ATS. */
assert atsAndStage2StallExclude {
  (outcome in Stage2 + Nested and some Smmu.ats and some Ste.s2s) implies Ste.eats in N0 + N3
}
check atsAndStage2StallExclude for 1 but 0 int expect 0

/* Companions: each outcome and each world occurs, and stage 2 with every start level. */
pred nestedWithSplitAts { outcome = Nested and Ste.eats = N2 and some Smmu.ats }
run nestedWithSplitAts for 1 but 0 int expect 1

pred el2WithE2h { world = El2E2h }
run el2WithE2h for 1 but 0 int expect 1

pred concatenatedFromLevel3 { outcome = Stage2 and startLevel = N3 and Ste.s2t0sz = N39 and granule = K4 }
run concatenatedFromLevel3 for 1 but 0 int expect 1

pred stallsWithoutAts { outcome = Stage2 and some Smmu.ats and some Ste.s2s }
run stallsWithoutAts for 1 but 0 int expect 1

pred wideBase { outcome = Stage2 and Ste.s2ttb = B52 }
run wideBase for 1 but 0 int expect 1

pred illegalInEachStage { some violations & A_STE_06 and some violations & A_STE_23 }
run illegalInEachStage for 1 but 0 int expect 1
