module smmu/cd
open smmu/features

/*
 * A context descriptor under the ID registers and the STE that leads to it: which rules it breaks, and what a legal one sets up
 * (IHI 0070 section 5.4). Paired with CdLegality and ContextDecoder as smmu/ste is with SteLegality and StreamDecoder.
 *
 * Left out, since they are legal with every value: R, WXN, PAN, TBI, MAIR, the cacheability fields.
 */

one sig Cd {
  v: lone Yes,
  aa64: lone Yes,
  t0sz: one Number,
  t1sz: one Number,
  tg0: one N0 + N1 + N2 + N3,
  tg1: one N0 + N1 + N2 + N3,
  epd0: lone Yes,
  epd1: lone Yes,
  endi: lone Yes,
  ips: one N0 + N1 + N2 + N3 + N4 + N5 + N6 + N7,
  ttb0: one Size,
  ttb1: one Size,
  a: lone Yes,
  s: lone Yes,
  ha: lone Yes,
  hd: lone Yes,
  affd: lone Yes,
  asidWide: lone Yes
}

enum World { NsEl1, El2, El2E2h }

/* The STE: its StreamWorld, whether stage 2 is on and in AArch64, and S1STALLD. */
one sig Under {
  world: one World,
  stage2: lone Yes,
  s2aa64: lone Yes,
  s1stalld: lone Yes
}

/* A-CDV-05, A-CDV-20: EL2 has the lower table alone and no EPD0; elsewhere EPDx takes a table out. */
pred lowerInUse { some Cd.v and (Under.world = El2 or no Cd.epd0) }
pred upperInUse { some Cd.v and Under.world != El2 and no Cd.epd1 }

fun lowerGranule: lone Granule { Cd.tg0.(N0->K4 + N1->K64 + N2->K16) }
fun upperGranule: lone Granule { Cd.tg1.(N1->K16 + N2->K4 + N3->K64) }

/* A-CDV-06, A-CDV-07: the greatest and the least TxSZ for a granule. */
fun most [g: lone Granule]: Number { no Smmu.stt => N39 else g = K64 => N47 else N48 }
fun least [g: lone Granule]: Number { (some Smmu.vax and g = K64) => N12 else N16 }

/* A-CDV-12: without AArch64 tables 40 bits. */
fun outputSize: Size { some Cd.aa64 => effective[Cd.ips] else lt[oas, B40] => oas else B40 }

pred tooWide [base: Size, g: lone Granule] {
  gt[base, outputSize] or (g != K64 and base = B52)
}

pred formatNotImplemented { some Cd.v and not (some Cd.aa64 => aarch64 else aarch32) }

pred aarch64OverAarch32 { some Cd.v and some Cd.aa64 and some Under.stage2 and no Under.s2aa64 }

pred aarch32InE2h { some Cd.v and no Cd.aa64 and Under.world = El2E2h }

pred lowerRangeTooSmall { lowerInUse and some Cd.aa64 and gt[Cd.t0sz, most[lowerGranule]] }
pred upperRangeTooSmall { upperInUse and some Cd.aa64 and gt[Cd.t1sz, most[upperGranule]] }

pred lowerRangeTooLarge { lowerInUse and some Cd.aa64 and lt[Cd.t0sz, least[lowerGranule]] }
pred upperRangeTooLarge { upperInUse and some Cd.aa64 and lt[Cd.t1sz, least[upperGranule]] }

pred lowerGranuleUnsupported { lowerInUse and some Cd.aa64 and no lowerGranule & granules }
pred upperGranuleUnsupported { upperInUse and some Cd.aa64 and no upperGranule & granules }

pred lowerBaseTooWide { lowerInUse and tooWide[Cd.ttb0, lowerGranule] }
pred upperBaseTooWide { upperInUse and tooWide[Cd.ttb1, upperGranule] }

pred byteOrderUnsupported { (lowerInUse or upperInUse) and excludes[Cd.endi] }

pred razWiNotImplemented { some Cd.v and some Smmu.termModel and no Cd.a }

pred stallUnsupported { some Cd.v and some Cd.s and Smmu.stallModel = N1 }

pred stallMissing { some Cd.v and no Cd.s and Smmu.stallModel = N2 }

pred stallForbidden { some Cd.v and some Cd.s and some Under.s1stalld }

pred hardwareUpdateUnsupported {
  some Cd.v and some Cd.aa64
  (some Cd.ha + Cd.hd and Smmu.httu = N0) or (some Cd.hd and Smmu.httu = N1)
}

pred asidTooWide { some Cd.v and Under.world != El2 and no Smmu.asid16 and some Cd.asidWide }

enum Rule {
  A_CDV_02, A_CDV_03, A_CDV_04, A_CDV_06, A_CDV_07, A_CDV_09, A_CDV_10, A_CDV_11, A_CDV_13, A_CDV_14, A_CDV_15,
  A_CDV_16, A_CDV_17, A_CDV_19
}

fun violations: set Rule {
  { r: A_CDV_02 | formatNotImplemented } + { r: A_CDV_03 | aarch64OverAarch32 } + { r: A_CDV_04 | aarch32InE2h }
    + { r: A_CDV_06 | lowerRangeTooSmall or upperRangeTooSmall } + { r: A_CDV_07 | lowerRangeTooLarge or upperRangeTooLarge }
    + { r: A_CDV_09 | lowerGranuleUnsupported or upperGranuleUnsupported } + { r: A_CDV_10 | byteOrderUnsupported }
    + { r: A_CDV_11 | lowerBaseTooWide or upperBaseTooWide } + { r: A_CDV_13 | razWiNotImplemented }
    + { r: A_CDV_14 | stallUnsupported } + { r: A_CDV_15 | stallMissing } + { r: A_CDV_16 | stallForbidden }
    + { r: A_CDV_17 | hardwareUpdateUnsupported } + { r: A_CDV_19 | asidTooWide }
}

/* A-CDV-01. */
pred bad { no Cd.v or some violations }

enum Aspect { Lower, Upper, AccessUpdated, DirtyUpdated, BigEndian, AccessFlagIgnored, Tagged }

/* What a legal CD sets up. A-CDV-18: HD is nothing without HA. A-CDV-19: only EL2 has no ASIDs. */
fun aspects: set Aspect {
  { x: Lower | not bad and lowerInUse } + { x: Upper | not bad and upperInUse }
    + { x: AccessUpdated | not bad and some Cd.ha } + { x: DirtyUpdated | not bad and some Cd.ha and some Cd.hd }
    + { x: BigEndian | not bad and (lowerInUse or upperInUse) and some Cd.endi }
    + { x: AccessFlagIgnored | not bad and some Cd.affd }
    + { x: Tagged | not bad and Under.world != El2 }
}

/* ---- claims ---- */

/* A-CDV-05: what EPDx takes out breaks no rule, whatever its fields say. */
assert disabledTablesBreakNoRule {
  (not lowerInUse and not upperInUse) implies no violations & (A_CDV_06 + A_CDV_07 + A_CDV_09 + A_CDV_10 + A_CDV_11)
}
check disabledTablesBreakNoRule for 1 but 0 int expect 0

/* A-CDV-20. */
assert el2HasOneTable { (not bad and Under.world = El2) implies Lower in aspects and Upper not in aspects }
check el2HasOneTable for 1 but 0 int expect 0

assert legalTablesCanBeWalked {
  (not bad and some Cd.aa64) implies {
    Lower in aspects implies lowerGranule in granules and lte[Cd.ttb0, oas] and gte[Cd.t0sz, N12] and lte[Cd.t0sz, N48]
    Upper in aspects implies upperGranule in granules and lte[Cd.ttb1, oas] and gte[Cd.t1sz, N12] and lte[Cd.t1sz, N48]
  }
}
check legalTablesCanBeWalked for 1 but 0 int expect 0

/* A-CDV-03: AArch64 tables never lie behind an AArch32 stage 2. */
assert aarch64NeedsAarch64BehindIt { (not bad and some Cd.aa64 and some Under.stage2) implies some Under.s2aa64 }
check aarch64NeedsAarch64BehindIt for 1 but 0 int expect 0

/* A-CDV-14, A-CDV-15, A-CDV-16: whether a legal CD stalls is what the STE and STALL_MODEL leave it. */
assert stallIsWhereItMayBe {
  not bad implies {
    some Cd.s implies no Under.s1stalld and Smmu.stallModel != N1
    no Cd.s implies Smmu.stallModel != N2
  }
}
check stallIsWhereItMayBe for 1 but 0 int expect 0

/* Companions. */
pred bothTables { aspects = Aspect and Cd.t0sz != Cd.t1sz and lowerGranule != upperGranule }
run bothTables for 1 but 0 int expect 1

pred nothingEnabled { not bad and no aspects & (Lower + Upper) }
run nothingEnabled for 1 but 0 int expect 1

pred el2WithoutTags { not bad and Under.world = El2 and some Cd.epd0 and some Cd.asidWide and no Smmu.asid16 }
run el2WithoutTags for 1 but 0 int expect 1

pred nestedAarch64 { not bad and some Cd.aa64 and some Under.stage2 }
run nestedAarch64 for 1 but 0 int expect 1

pred stalls { not bad and some Cd.s }
run stalls for 1 but 0 int expect 1
