module smmu/invalidation
open smmu/tags

/*
 * Caches that may do what they like, and the interval rule that software and the oracle rely on. The claim is that the first refine
 * the second.
 *
 * One word is watched: an STE, a CD, a stage 1 or a stage 2 descriptor, under one StreamID, VMID, ASID and address. Its values are in
 * memory, and in the entries below, directly or as a part of what is cached there. `flow` says from where an entry may be filled. At any
 * time hardware may fill an entry from memory or from another entry, drop anything, and carry out any of the published commands, each at
 * once for all entries that it must remove. A CMD_SYNC completes when all have been carried out. All other words are cached
 * independently, so what holds for the watched one holds for each.
 *
 * The interval rule as ghost state: `ok` holds the values that may be in use in an entry. A value leaves it when a CMD_SYNC completes and
 * a command before it, which must remove the entry, was published when the value could no longer get into the entry: `doomed`.
 *
 * Rules: C-CFG-01, C-CFG-06, C-TLB-01, C-TLB-07, C-TLB-08, C-TLB-09 (what may be cached), C-INV-03, C-INV-09 to C-INV-11 (what must be
 * removed), C-CMP-01, C-CMP-02, C-CMP-07, C-CMP-08 (completion).
 */

one sig SteCache, CdCache, Stage1Tlb, Stage2Walk, Stage2Tlb, CombinedTlb extends Entry {}

enum Word { SteWord, CdWord, Stage1Word, Stage2Word }

sig Value {}

one sig Memory { word: one Word, var current: one Value }

one sig Hardware { var holds: Entry -> Value, var pending: set Command }

one sig Rule { var ok: Entry -> Value, var doomed: Command -> Entry -> Value }

enum Operation { Write, Publish, Synchronise, Idle }

one sig Now { var operation: one Operation, var command: lone Command, var value: lone Value }

/* What the six entries are. The refinement does not need it; which commands are enough depends on it. */
pred watched {
  SteCache.kind = Ste and CdCache.kind = Cd
  Stage1Tlb.kind = Leaf1 and Stage2Walk.kind = Pointer2 and Stage2Tlb.kind = Leaf2 and CombinedTlb.kind = CombinedLeaf
  Entry.world = NsEl1 and (some CombinedTlb.global iff some Stage1Tlb.global)
}

/*
 * From where an entry takes the watched word if not from memory. A CD may have been read through a stage 2 entry, and
 * may be held together with its STE. C-CFG-06, C-CFG-07.
 */
fun flows: Word -> Entry -> Entry {
  SteWord->(SteCache->(CdCache + Stage1Tlb + Stage2Walk + Stage2Tlb + CombinedTlb)
      + CdCache->(Stage1Tlb + Stage2Walk + Stage2Tlb + CombinedTlb) + Stage2Walk->(Stage2Tlb + CombinedTlb) + Stage2Tlb->CombinedTlb)
    + CdWord->(CdCache->Stage1Tlb + CdCache->CombinedTlb + Stage1Tlb->CombinedTlb)
    + Stage1Word->(Stage1Tlb->CombinedTlb)
    + Stage2Word->(Stage2Tlb->CombinedTlb + Stage2Tlb->CdCache)
}
fun flow: Entry -> Entry { (Memory.word).flows }

/* The entries that can hold the watched word at all. */
fun holders: set Entry {
  Memory.word = SteWord => Entry
  else Memory.word = CdWord => CdCache + Stage1Tlb + CombinedTlb
  else Memory.word = Stage1Word => Stage1Tlb + CombinedTlb
  else Stage2Tlb + CombinedTlb + CdCache
}

fun clears: Command -> Entry { { c: Command, e: Entry | removes[c, e] } }

/* ---- the hardware ---- */

pred arguments {
  some Now.command iff Now.operation = Publish
  some Now.value iff Now.operation = Write
}

pred memoryStep { Memory.current' = (Now.operation = Write => Now.value else Memory.current) }

fun carriedOut: set Command { Hardware.pending + Now.command - Hardware.pending' }

pred queueStep {
  Hardware.pending' in Hardware.pending + Now.command
  Now.operation = Synchronise implies no Hardware.pending'
}

/* What stays, and what it may be filled with. */
fun kept: Entry -> Value { (Entry - carriedOut.clears) <: Hardware.holds }

pred cacheStep { Hardware.holds' in kept + ~flow.kept + holders->Memory.current' }

pred hardwareStep { arguments and memoryStep and queueStep and cacheStep }

/* ---- the interval rule ---- */

/*
 * What an entry may be filled with from the publication of a command on: the value of memory, and whatever may be in those entries that
 * the command does not remove with it.
 */
fun fresh [c: Command]: Entry -> Value {
  ^(~flow).((Entry - c.clears) <: Rule.ok) + holders->Memory.current
}

fun nextDoomed: Command -> Entry -> Value {
  (Now.operation = Synchronise => none->none->none
   else Rule.doomed + { c: Now.command, e: c.clears, v: e.(Rule.ok) | v not in e.(fresh[c]) })
  - Command->Entry->Memory.current'
}

fun remaining: Entry -> Value { Now.operation = Synchronise => Rule.ok - Command.(Rule.doomed) else Rule.ok }

fun nextOk: Entry -> Value { remaining + ^(~flow).remaining + holders->Memory.current' }

pred ruleStep { Rule.ok' = nextOk and Rule.doomed' = nextDoomed }

pred step { hardwareStep and ruleStep }

/* Nothing is cached; commands may be pending. */
pred init { no Hardware.holds and no Rule.doomed and Rule.ok = holders->Memory.current }

pred behaves { init and always step }

/* ---- claims ---- */

pred withinRule { Hardware.holds in Rule.ok }

/* What makes it inductive: a doomed value is only where a command that removes it is still to be carried out. */
pred doomedIsPending {
  all c: Command, e: Entry, v: c.(Rule.doomed)[e] {
    e in c.clears
    v in e.(Hardware.holds) implies c in Hardware.pending
    all s: flow.e | v in s.(Rule.ok) implies v in c.(Rule.doomed)[s]
  }
}
pred okIsFilled { Rule.ok in holders->Value and ~flow.(Rule.ok) in Rule.ok }

pred inv { withinRule and doomedIsPending and okIsFilled }

assert invHoldsAtFirst { init implies inv }
check invHoldsAtFirst for 2 but 6 Entry, 0 Lookup, exactly 1 steps, 0 int expect 0

/* Refinement, for runs of any length: whatever the caches do is within the interval rule. */
assert invIsKept { (inv and step) implies after inv }
check invIsKept for 2 but 6 Entry, 0 Lookup, 3 Command, 3 Value, exactly 2 steps, 0 int expect 0

/* The same as a bounded run from the start. */
assert cachesRefineTheIntervalRule { (watched and behaves) implies always withinRule }
check cachesRefineTheIntervalRule for 2 but 6 Entry, 0 Lookup, 2 Command, 3 Value, exactly 8 steps, 0 int expect 0

/*
 * Whatever the command: when it is complete, nothing that it removes holds what memory no longer held when it was published, unless
 * something that it leaves could hand that on.
 */
assert completedInvalidationLeavesNothing {
  all v: Value, e: Entry | (inv and always step and v != Memory.current and Now.operation = Publish
      and e.*(~flow) in Now.command.clears and after (Now.operation = Synchronise and v != Memory.current))
    implies after after v not in e.(Hardware.holds)
}
check completedInvalidationLeavesNothing for 2 but 6 Entry, 0 Lookup, 3 Command, exactly 3 steps, 0 int expect 0

/* What an operation does not use is not in a trace. */
assert unusedArgumentsAreEmpty { (hardwareStep and Now.operation = Idle) implies no Now.command and no Now.value }
check unusedArgumentsAreEmpty for 2 but 6 Entry, 0 Lookup, exactly 2 steps, 0 int expect 0

/* ---- which sequences are enough, and what is left behind where one lacks a command ---- */

/* The commands of a sequence name the watched tags, of which there is one set. */
pred publishes [o: Opcode] {
  Now.command.opcode = o and no Now.command.leafOnly
  Now.command.onVmid = Entry.vmid and Now.command.onAsid = Entry.asid and Now.command.onPage = Entry.covers
  Now.command.onStream = Entry.stream and Now.command.onSubstream = Entry.substream
}
pred synchronises { Now.operation = Synchronise }

/* Memory no longer has the value. */
pred overwrites [v: Value] { Now.operation = Write and Now.value != v }

/* Old values may be anywhere that the rule allows when the sequence begins. */
pred anywhere [w: Word] { watched and inv and always step and Memory.word = w }

pred left [v: Value, e: Entry] { v in e.(Rule.ok) }

/* C-INV-09, the first way. */
assert ipaThenAllIsEnough {
  all v: Value | (anywhere[Stage2Word] and (overwrites[v] ; publishes[S2Ipa] ; synchronises ; publishes[NhAll] ; synchronises))
    implies after after after after after not left[v, Stage2Tlb + CombinedTlb]
}
check ipaThenAllIsEnough for 2 but 6 Entry, 0 Lookup, 3 Command, exactly 6 steps, 0 int expect 0

/* C-INV-09, the second way, and C-INV-11. */
assert vmallIsEnough {
  all v: Value | (anywhere[Stage2Word] and (overwrites[v] ; publishes[S12Vmall] ; synchronises))
    implies after after after not left[v, Stage2Tlb + CombinedTlb]
}
check vmallIsEnough for 2 but 6 Entry, 0 Lookup, 3 Command, exactly 4 steps, 0 int expect 0

/* C-INV-07: also of a global entry. */
assert vaIsEnoughForStage1 {
  all v: Value | (anywhere[Stage1Word] and (overwrites[v] ; publishes[NhVa] ; synchronises))
    implies after after after not left[v, Entry]
}
check vaIsEnoughForStage1 for 2 but 6 Entry, 0 Lookup, 3 Command, exactly 4 steps, 0 int expect 0

/* ASID reuse: section 5.1 of the rules, order as C-CMP-08 asks. */
assert asidReuseIsSafe {
  all v: Value | (anywhere[CdWord] and no CombinedTlb.global and (overwrites[v] ; publishes[CfgiCd] ; synchronises ; publishes[NhAsid] ; synchronises))
    implies after after after after after not left[v, Entry]
}
check asidReuseIsSafe for 2 but 6 Entry, 0 Lookup, 3 Command, exactly 6 steps, 0 int expect 0

/* ASID reuse where the old context had global entries. */
assert asidReuseWithGlobalsIsSafe {
  all v: Value | (anywhere[CdWord] and (overwrites[v] ; publishes[CfgiCd] ; synchronises ; publishes[NhAll] ; synchronises))
    implies after after after after after not left[v, Entry]
}
check asidReuseWithGlobalsIsSafe for 2 but 6 Entry, 0 Lookup, 3 Command, exactly 6 steps, 0 int expect 0

/* VMID reuse. */
assert vmidReuseIsSafe {
  all v: Value | (anywhere[SteWord] and (overwrites[v] ; publishes[CfgiSte] ; synchronises ; publishes[S12Vmall] ; synchronises))
    implies after after after after after not left[v, Entry]
}
check vmidReuseIsSafe for 2 but 6 Entry, 0 Lookup, 3 Command, exactly 6 steps, 0 int expect 0

/* C-INV-08: with Leaf = 0, S2_IPA takes the pointers that an old STE has led to. */
assert ipaTakesPointers {
  all v: Value | (anywhere[SteWord] and (overwrites[v] ; publishes[CfgiSte] ; synchronises ; publishes[S2Ipa] ; synchronises))
    implies after after after after after not left[v, Stage2Walk]
}
check ipaTakesPointers for 2 but 6 Entry, 0 Lookup, 3 Command, exactly 6 steps, 0 int expect 0

/* Moving the page that holds a CD: stage 2 first, then the CD that was read through it. */
assert movedCdIsSafe {
  all v: Value | (anywhere[Stage2Word] and (overwrites[v] ; publishes[S2Ipa] ; synchronises ; publishes[CfgiCd] ; synchronises))
    implies after after after after after not left[v, CdCache]
}
check movedCdIsSafe for 2 but 6 Entry, 0 Lookup, 3 Command, exactly 6 steps, 0 int expect 0

/* Each trap is a run of the hardware from the start: a DMA at its end would still use the old value. */
pred fromTheStart [w: Word] { watched and behaves and Memory.word = w and no Hardware.pending and Now.operation = Idle }
pred used [v: Value, e: Entry] { v in e.(Hardware.holds) }

/* C-CMP-01. */
pred withoutSync {
  some v: Value | fromTheStart[Stage1Word] and after (overwrites[v] ; publishes[NhVa] ; used[v, CombinedTlb])
}
run withoutSync for 2 but 6 Entry, 0 Lookup, exactly 4 steps, 0 int expect 1

/* The published series' stage 2 unmap: C-INV-09. */
pred ipaWithoutAll {
  some v: Value | fromTheStart[Stage2Word] and after (overwrites[v] ; publishes[S2Ipa] ; synchronises ; used[v, CombinedTlb])
}
run ipaWithoutAll for 2 but 6 Entry, 0 Lookup, exactly 5 steps, 0 int expect 1

/* C-INV-10. */
pred ipaAndAllWithoutSyncBetween {
  some v: Value | fromTheStart[Stage2Word] and after (overwrites[v] ; publishes[S2Ipa] ; publishes[NhAll] ; synchronises ; used[v, CombinedTlb])
}
run ipaAndAllWithoutSyncBetween for 2 but 6 Entry, 0 Lookup, exactly 6 steps, 0 int expect 1

/* C-INV-10: the combined entry comes back from the stage 2 entry. */
pred allBeforeIpa {
  some v: Value | fromTheStart[Stage2Word] and after (overwrites[v] ; publishes[NhAll] ; synchronises ; publishes[S2Ipa] ; synchronises ; used[v, CombinedTlb])
}
run allBeforeIpa for 2 but 6 Entry, 0 Lookup, exactly 7 steps, 0 int expect 1

/* C-INV-12: NH_ALL leaves the stage 2 entry that the next walk uses. */
pred allWithoutIpa {
  some v: Value | fromTheStart[Stage2Word] and after (overwrites[v] ; publishes[NhAll] ; synchronises ; used[v, CombinedTlb])
}
run allWithoutIpa for 2 but 6 Entry, 0 Lookup, exactly 5 steps, 0 int expect 1

/* C-INV-03: the TLB is filled again from the cached old CD. */
pred tlbiBeforeCfgi {
  some v: Value | fromTheStart[CdWord] and no CombinedTlb.global and after (overwrites[v] ; publishes[NhAsid] ; synchronises ; publishes[CfgiCd] ; synchronises ; used[v, CombinedTlb])
}
run tlbiBeforeCfgi for 2 but 6 Entry, 0 Lookup, exactly 7 steps, 0 int expect 1

/* C-CMP-08: so it is if nothing orders the two. */
pred cfgiAndTlbiWithoutSyncBetween {
  some v: Value | fromTheStart[CdWord] and no CombinedTlb.global and after (overwrites[v] ; publishes[CfgiCd] ; publishes[NhAsid] ; synchronises ; used[v, CombinedTlb])
}
run cfgiAndTlbiWithoutSyncBetween for 2 but 6 Entry, 0 Lookup, exactly 6 steps, 0 int expect 1

/* C-INV-03. */
pred asidReuseWithoutTlbi {
  some v: Value | fromTheStart[CdWord] and after (overwrites[v] ; publishes[CfgiCd] ; synchronises ; used[v, CombinedTlb])
}
run asidReuseWithoutTlbi for 2 but 6 Entry, 0 Lookup, exactly 5 steps, 0 int expect 1

/* C-INV-03. */
pred asidReuseWithoutCfgi {
  some v: Value | fromTheStart[CdWord] and no CombinedTlb.global and after (overwrites[v] ; publishes[NhAsid] ; synchronises ; used[v, CdCache])
}
run asidReuseWithoutCfgi for 2 but 6 Entry, 0 Lookup, exactly 5 steps, 0 int expect 1

/* C-INV-07. */
pred asidReuseLeavesGlobals {
  some v: Value | fromTheStart[CdWord] and after (overwrites[v] ; publishes[CfgiCd] ; synchronises ; publishes[NhAsid] ; synchronises ; used[v, CombinedTlb])
}
run asidReuseLeavesGlobals for 2 but 6 Entry, 0 Lookup, exactly 7 steps, 0 int expect 1

/* C-INV-07. */
pred asidLeavesGlobals {
  some v: Value | fromTheStart[Stage1Word] and after (overwrites[v] ; publishes[NhAsid] ; synchronises ; used[v, Stage1Tlb])
}
run asidLeavesGlobals for 2 but 6 Entry, 0 Lookup, exactly 5 steps, 0 int expect 1

/* C-INV-03. */
pred vmidReuseWithoutVmall {
  some v: Value | fromTheStart[SteWord] and after (overwrites[v] ; publishes[CfgiSte] ; synchronises ; used[v, Stage2Tlb])
}
run vmidReuseWithoutVmall for 2 but 6 Entry, 0 Lookup, exactly 5 steps, 0 int expect 1

/* C-INV-03. */
pred vmidReuseWithoutCfgi {
  some v: Value | fromTheStart[SteWord] and after (overwrites[v] ; publishes[S12Vmall] ; synchronises ; used[v, SteCache])
}
run vmidReuseWithoutCfgi for 2 but 6 Entry, 0 Lookup, exactly 5 steps, 0 int expect 1

/* C-INV-03: stage 2 is walked again from the cached old STE. */
pred vmallBeforeCfgi {
  some v: Value | fromTheStart[SteWord] and after (overwrites[v] ; publishes[S12Vmall] ; synchronises ; publishes[CfgiSte] ; synchronises ; used[v, CombinedTlb])
}
run vmallBeforeCfgi for 2 but 6 Entry, 0 Lookup, exactly 7 steps, 0 int expect 1

/* C-CMP-08. */
pred cfgiAndVmallWithoutSyncBetween {
  some v: Value | fromTheStart[SteWord] and after (overwrites[v] ; publishes[CfgiSte] ; publishes[S12Vmall] ; synchronises ; used[v, CombinedTlb])
}
run cfgiAndVmallWithoutSyncBetween for 2 but 6 Entry, 0 Lookup, exactly 6 steps, 0 int expect 1

/* C-CFG-07. */
pred vmallLeavesMovedCd {
  some v: Value | fromTheStart[Stage2Word] and after (overwrites[v] ; publishes[S12Vmall] ; synchronises ; used[v, CdCache])
}
run vmallLeavesMovedCd for 2 but 6 Entry, 0 Lookup, exactly 5 steps, 0 int expect 1
