module smmu/steupdate

/*
 * How a driver rewrites an STE or CD that is in use: what hardware can see on the way is the old meaning, the new one, or V = 0.
 *
 * An entry is written word by word, each atomically, and hardware may see any mixture of the words that one phase stores. Only the bits
 * that a meaning uses matter. Each bit here stands for a field; the words beyond the fourth are unused.
 *
 * Rules: U-01 to U-10 (used bits), U-11 to U-20 (algorithm), U-25 to U-27, U-30, U-31 (observation), U-32, U-34 (safe bits), U-36,
 * U-37, U-39 to U-43.
 */

enum Word { Q0, Q1, Q2, Q3 }

abstract sig Bit { word: one Word }
one sig V, Stage1On, Stage2On, Translate, ContextPtr, Mev, EatsLow, EatsHigh, S1dss, Shcfg, Vmid, Vtcr, S2s, S2ttb extends Bit {}
one sig CdV, Epd0, T0sz, Asid, Ttb0, Mair extends Bit {}

fact words {
  word = (V + Stage1On + Stage2On + Translate + ContextPtr + CdV + Epd0 + T0sz + Asid)->Q0
    + (Mev + EatsLow + EatsHigh + S1dss + Shcfg + Ttb0)->Q1 + (Vmid + Vtcr + S2s)->Q2 + (S2ttb + Mair)->Q3
}

fun steBits: set Bit { V + Stage1On + Stage2On + Translate + ContextPtr + Mev + EatsLow + EatsHigh + S1dss + Shcfg + Vmid + Vtcr + S2s + S2ttb }
fun cdBits: set Bit { Bit - steBits }

/* U-02 to U-09: what an entry uses, by its own content. Translate is Config[2]; S1dss set is bypass. */
fun steUsed [e: set Bit]: set Bit {
  V not in e => V else
    V + Stage1On + Stage2On + Translate
    + ((Translate + Stage1On in e) => ContextPtr + S1dss + Mev + EatsLow + EatsHigh + Vmid else none)
    + ((Translate + Stage1On + S1dss in e) => Shcfg else none)
    + ((Translate + Stage2On in e) => Mev + EatsLow + EatsHigh + Shcfg + Vmid + Vtcr + S2s + S2ttb else none)
    + ((Translate in e and no (Stage1On + Stage2On) & e) => Shcfg else none)
}
fun cdUsed [e: set Bit]: set Bit { CdV not in e => CdV else Epd0 in e => cdBits - T0sz - Ttb0 else cdBits }

fun used [e: set Bit]: set Bit { steUsed[e & steBits] & Rewrite.kind.bitsOf + cdUsed[e & cdBits] & Rewrite.kind.bitsOf }

enum Kind { SteEntry, CdEntry }
fun bitsOf: Kind -> Bit { SteEntry->steBits + CdEntry->cdBits }
fun valid: set Bit { Rewrite.kind = SteEntry => V else CdV }

/* One rewrite: which entry becomes which, the phase that is under way, and which of its words have been stored. */
enum Phase { First, Second, Third }
one sig Rewrite { kind: one Kind, old: set Bit, target: set Bit, phase: one Phase, stored: set Word }

/* U-10: nothing that is not used, and EATS = 1 never with S2S. */
pred legal [e: set Bit] { e in used[e] and not (EatsLow + S2s in e) }

/* U-32, U-34: bits that may change early or late, though both sides use them. */
fun safe: set Bit {
  (Mev + (no (EatsHigh + S2s) & (Rewrite.old + Rewrite.target) => EatsLow else none)) & used[Rewrite.old] & used[Rewrite.target]
}

/* ---- the algorithm, U-11 to U-17 ---- */

/* What can be set ahead: the old bits where they are used, the new ones elsewhere. */
fun mixed: set Bit { (Rewrite.old & (used[Rewrite.old] - safe)) + (Rewrite.target - (used[Rewrite.old] - safe)) }

fun critical: set Word { { w: Word | mixed & used[Rewrite.target] & word.w != Rewrite.target & word.w } }

pred hitless { lone critical }

/* The entry at the begin and at the end of a phase. */
fun preceding: set Bit {
  Rewrite.phase = First => Rewrite.old
  else hitless => (Rewrite.phase = Second => mixed - word.critical + (Rewrite.old & word.critical)
                   else mixed - word.critical + (Rewrite.target & word.critical))
  else (Rewrite.phase = Second => Rewrite.old - word.Q0 else Rewrite.target - word.Q0)
}
fun following: set Bit {
  no critical => Rewrite.target
  else hitless => (Rewrite.phase = First => mixed - word.critical + (Rewrite.old & word.critical)
                   else Rewrite.phase = Second => mixed - word.critical + (Rewrite.target & word.critical)
                   else Rewrite.target)
  else (Rewrite.phase = First => Rewrite.old - word.Q0 else Rewrite.phase = Second => Rewrite.target - word.Q0 else Rewrite.target)
}

/* What hardware may see within a phase. */
fun visible: set Bit { (preceding - word.(Rewrite.stored)) + (following & word.(Rewrite.stored)) }

pred means [seen, reference: set Bit] { (seen & (used[reference] - safe)) = (reference & (used[reference] - safe)) }

/*
 * The driver of the nested-stage API may also abort a stream while it rewrites its STE. The build holds its stores against this, whatever a
 * fetch has seen. R-STE-20.
 */
one sig Fetch { seen: set Bit }
pred fetchIsExplained {
  means[Fetch.seen, Rewrite.old] or means[Fetch.seen, Rewrite.target] or V not in Fetch.seen or no (Fetch.seen & (Translate + Stage1On + Stage2On))
}

pred rewrites { legal[Rewrite.old] and legal[Rewrite.target] }

/* ---- claims ---- */

/* U-25. */
assert hitlessRewriteShowsOldOrNew {
  (rewrites and hitless) implies means[visible, Rewrite.old] or means[visible, Rewrite.target]
}
check hitlessRewriteShowsOldOrNew for 1 but 0 int expect 0

/* U-26, U-30. */
assert breakingRewriteShowsOldNewOrInvalid {
  (rewrites and not hitless) implies means[visible, Rewrite.old] or means[visible, Rewrite.target] or valid not in visible
}
check breakingRewriteShowsOldNewOrInvalid for 1 but 0 int expect 0

/* U-27: nobody sees V = 0 who is not told so by old or new. */
assert hitlessRewriteStaysValid {
  (rewrites and hitless and valid in Rewrite.old & Rewrite.target) implies valid in visible
}
check hitlessRewriteStaysValid for 1 but 0 int expect 0

/* U-18. */
assert rewriteEndsAtItsTarget { (rewrites and (no critical or Rewrite.phase = Third)) implies following = Rewrite.target }
check rewriteEndsAtItsTarget for 1 but 0 int expect 0

/* U-34: the illegal pair is never seen. */
assert atsAndStallAreNeverSeenTogether { (rewrites and valid in visible and Rewrite.kind = SteEntry) implies EatsLow + S2s not in visible or
  not (means[visible, Rewrite.old] or means[visible, Rewrite.target]) }
check atsAndStallAreNeverSeenTogether for 1 but 0 int expect 0

/* U-37: a guest that turns stage 1 on or off is never interrupted. */
assert guestStage1SwitchIsHitless {
  (rewrites and Rewrite.kind = SteEntry and Stage2On in Rewrite.old & Rewrite.target and V + Translate in Rewrite.old & Rewrite.target
    and Stage1On not in Rewrite.old & Rewrite.target
    and (Rewrite.old & (Vmid + Vtcr + S2s + S2ttb + Shcfg + EatsHigh) = Rewrite.target & (Vmid + Vtcr + S2s + S2ttb + Shcfg + EatsHigh))
    and no (S2s + EatsHigh) & Rewrite.old) implies hitless
}
check guestStage1SwitchIsHitless for 1 but 0 int expect 0

/* U-39: an entry that uses hardly anything can become anything. */
assert abortBecomesAnythingHitless {
  (rewrites and Rewrite.kind = SteEntry and (V not in Rewrite.old or Translate not in Rewrite.old)) implies hitless
}
check abortBecomesAnythingHitless for 1 but 0 int expect 0

/* U-41, U-43. */
assert asidAloneIsHitless {
  (rewrites and Rewrite.kind = CdEntry and CdV in Rewrite.old and Rewrite.target - Asid = Rewrite.old - Asid) implies hitless
}
check asidAloneIsHitless for 1 but 0 int expect 0

/* Companions. */

/* U-36: stage 1 alone to stage 2 alone with another VMID. */
pred otherVmidBreaks {
  rewrites and not hitless and Rewrite.kind = SteEntry and Rewrite.old & (Stage1On + Stage2On) = Stage1On
  Rewrite.target & (Stage1On + Stage2On) = Stage2On and Vmid in Rewrite.target - Rewrite.old and critical = Q0 + Q2
}
run otherVmidBreaks for 1 but 0 int expect 1

/* U-42. */
pred otherContextsAndDefaultBreak {
  rewrites and not hitless and Stage1On in Rewrite.old & Rewrite.target and critical = Q0 + Q1
}
run otherContextsAndDefaultBreak for 1 but 0 int expect 1

/* A mixture of words that is neither whole, and yet means the old. */
pred mixtureMeansOld {
  rewrites and hitless and Rewrite.phase = First and visible != Rewrite.old and visible != following and means[visible, Rewrite.old]
}
run mixtureMeansOld for 1 but 0 int expect 1

pred mixtureWouldBeWrong {
  rewrites and not hitless and Rewrite.phase = Second and not means[visible + valid, Rewrite.old]
    and not means[visible + valid, Rewrite.target] and valid not in visible
}
run mixtureWouldBeWrong for 1 but 0 int expect 1

pred allThreePhases { rewrites and some critical and hitless and Rewrite.phase = Third and preceding != following }
run allThreePhases for 1 but 0 int expect 1

pred releasedCd { rewrites and hitless and Rewrite.kind = CdEntry and Epd0 in Rewrite.target - Rewrite.old and CdV in Rewrite.old }
run releasedCd for 1 but 0 int expect 1

pred splitAtsIsCarried { rewrites and Rewrite.kind = SteEntry and EatsHigh in Rewrite.old and EatsLow in Rewrite.target and valid in visible }
run splitAtsIsCarried for 1 but 0 int expect 1
