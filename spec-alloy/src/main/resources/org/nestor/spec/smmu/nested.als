module smmu/nested

/*
 * Two virtual machines behind nested streams: no DMA of one ever reaches a page of the other, if the host flushes a page before it gives
 * it away.
 *
 * Memory holds each stream's STE, which names a VM, and its CD, a guest's context; the guest's stage 1 and the host's stage 2 tables; and
 * who owns a page. Hardware caches STEs, CDs, stage 2 entries, and what is watched: the stage 1 entries and the combined one of one ASID of one
 * VMID for one address. Others are independent of these. The host tracks each page that it unmaps until it is clean. That is the careful
 * host: S2_IPA, SYNC, NH_ALL, SYNC, or S12_VMALL, SYNC (C-INV-09, C-INV-10, C-INV-11). The published series stops after S2_IPA and SYNC, and
 * `publishedUnmapLeavesStaleTranslation` shows what it costs.
 *
 * Rules: C-KEY-01, C-KEY-03 (VMIDs), A-NST-01 (composition), C-TLB-07 (what may be cached), C-INV-09 to C-INV-12, C-CMP-01, C-CMP-08.
 */

sig Stream, Vmid, Asid, Va, Ipa, Page {}
sig Vm { vmid: one Vmid }
sig Context { asid: one Asid }

one sig Memory {
  var ste: Stream -> lone Vm,
  var cd: Stream -> lone Context,
  var stage1: Context -> Va -> lone Ipa,
  var stage2: Vm -> Ipa -> lone Page,
  var owner: Page -> lone Vm
}

enum Queued { QueuedIpa, QueuedAll, QueuedVmall }

one sig Hardware {
  var stes: Stream -> Vm,
  var cds: Stream -> Context,
  var stage2Tlb: Vmid -> Ipa -> Page,
  var pendingTlbi: Queued -> Vmid,
  var pendingCfgi: set Stream
}

/* What is watched: to which IPAs cached stage 1 entries lead, and whether the combined entry for the page is cached. */
one sig Watched { v: one Vmid, a: one Asid, x: one Va, p: one Page, var reached: set Ipa }
var lone sig Cached in Watched {}

/* Pages that the host has unmapped: nothing issued, S2_IPA issued, S2_IPA complete, last command issued. */
one sig Host {
  var dirty: Vm -> Page,
  var ipaIssued: Vm -> Page,
  var ipaDone: Vm -> Page,
  var lastIssued: Vm -> Page
}

enum Operation { SetSte, SetCd, Map1, Unmap1, Map2, Unmap2, Grant, Ipa2, NhAll, Vmall, Cfgi, Sync, Dma, Idle }

one sig Now {
  var operation: one Operation,
  var stream: lone Stream,
  var vm: lone Vm,
  var context: lone Context,
  var va: lone Va,
  var ipa: lone Ipa,
  var page: lone Page
}

pred arguments {
  some Now.stream iff Now.operation in SetSte + SetCd + Cfgi + Dma
  some Now.vm iff Now.operation in SetSte + Map2 + Unmap2 + Grant + Ipa2 + NhAll + Vmall
  some Now.context iff Now.operation in SetCd + Map1 + Unmap1
  some Now.va iff Now.operation in Map1 + Unmap1 + Dma
  some Now.ipa iff Now.operation in Map1 + Map2 + Unmap2
  some Now.page iff Now.operation in Map2 + Grant + Dma
}

/* R-ALLOC-12. */
pred vmidsAreUnique { all disj m, n: Vm | m.vmid != n.vmid }

fun unclean: Vm -> Page { Host.dirty + Host.ipaIssued + Host.ipaDone + Host.lastIssued }

/* The host maps only pages of the VM, and gives away only pages that are clean. It breaks before it makes, as stage2 takes one page for an IPA. */
pred hostIsCareful {
  Now.operation = Map2 implies Now.page->Now.vm in Memory.owner
  Now.operation in Map2 + Grant implies Now.page not in Vm.unclean
  Now.operation = Grant implies Now.page not in Ipa.(Vm.(Memory.stage2))
}

pred memoryStep {
  Memory.ste' = (Now.operation = SetSte => Memory.ste ++ Now.stream->Now.vm else Memory.ste)
  Memory.cd' = (Now.operation = SetCd => Memory.cd ++ Now.stream->Now.context else Memory.cd)
  Memory.stage1' = (Now.operation = Map1 => Memory.stage1 - Now.context->Now.va->Ipa + Now.context->Now.va->Now.ipa
    else Now.operation = Unmap1 => Memory.stage1 - Now.context->Now.va->Ipa else Memory.stage1)
  Memory.stage2' = (Now.operation = Map2 => Memory.stage2 + Now.vm->Now.ipa->Now.page
    else Now.operation = Unmap2 => Memory.stage2 - Now.vm->Now.ipa->Page else Memory.stage2)
  Memory.owner' = (Now.operation = Grant => Memory.owner ++ Now.page->Now.vm else Memory.owner)
}

/* With `complete` the host goes on to the last command; the published one takes a page for clean after S2_IPA and SYNC. */
pred hostStep [complete: set Vm] {
  Host.dirty' = (Now.operation = Unmap2 => Host.dirty + Now.vm->Now.ipa.(Now.vm.(Memory.stage2))
    else Now.operation in Ipa2 + Vmall => Host.dirty - Now.vm->Page else Host.dirty)
  Host.ipaIssued' = (Now.operation = Ipa2 => Host.ipaIssued + (Now.vm <: Host.dirty)
    else Now.operation = Sync => none->none else Host.ipaIssued - (Now.operation = Vmall => Now.vm else none)->Page)
  Host.ipaDone' = (Now.operation = Sync => Host.ipaDone + (complete <: Host.ipaIssued)
    else Now.operation in NhAll + Vmall => Host.ipaDone - Now.vm->Page else Host.ipaDone)
  Host.lastIssued' = (Now.operation = NhAll => Host.lastIssued + (Now.vm <: Host.ipaDone)
    else Now.operation = Vmall => Host.lastIssued + (Now.vm <: unclean)
    else Now.operation = Sync => none->none else Host.lastIssued)
}

/* What is issued names the VM's VMID. */
fun issuedTlbi: Queued -> Vmid {
  Now.operation = Ipa2 => QueuedIpa->Now.vm.vmid else Now.operation = NhAll => QueuedAll->Now.vm.vmid
  else Now.operation = Vmall => QueuedVmall->Now.vm.vmid else none->none
}
fun issuedCfgi: set Stream { Now.operation = Cfgi => Now.stream else none }

pred queueStep {
  Hardware.pendingTlbi' in Hardware.pendingTlbi + issuedTlbi
  Hardware.pendingCfgi' in Hardware.pendingCfgi + issuedCfgi
  Now.operation = Sync implies no Hardware.pendingTlbi' and no Hardware.pendingCfgi'
}

fun carriedOut: Queued -> Vmid { Hardware.pendingTlbi + issuedTlbi - Hardware.pendingTlbi' }
fun keptStage2: Vmid -> Ipa -> Page { Hardware.stage2Tlb - (QueuedIpa + QueuedVmall).carriedOut->Ipa->Page }
pred stage1Removed { Watched.v in (QueuedAll + QueuedVmall).carriedOut }
fun keptStage1: set Ipa { stage1Removed => none else Watched.reached }
fun reconfigured: set Stream { Hardware.pendingCfgi + issuedCfgi - Hardware.pendingCfgi' }

/* What a walk can make of memory and of what is cached. */
fun configured: Vm -> Context { ~(Hardware.stes + Memory.ste).(Hardware.cds + Memory.cd) }
fun inMemory: Vmid -> Ipa -> Page { ~vmid.(Memory.stage2) }
fun contexts: set Context { (vmid.(Watched.v)).configured & asid.(Watched.a) }
fun walkedIpas: set Ipa { some contexts => keptStage1 + Watched.x.(contexts.(Memory.stage1)) else none }
fun walkedPages: set Page { walkedIpas.(Watched.v.(keptStage2 + inMemory)) }

pred cacheStep {
  Hardware.stes' in Hardware.stes - reconfigured->Vm + Memory.ste
  Hardware.cds' in Hardware.cds - reconfigured->Context + Memory.cd
  Hardware.stage2Tlb' in keptStage2 + inMemory
  Watched.reached' in keptStage1 + walkedIpas
  some Cached' implies Watched.p in walkedPages or (some Cached and not stage1Removed)
}

/* A DMA uses the watched entry, under the STE and CD that are cached or in memory. */
pred dmaStep {
  Now.operation = Dma implies some Cached and Now.va = Watched.x and Now.page = Watched.p
    and (some m: Now.stream.(Hardware.stes) | m.vmid = Watched.v)
}

pred step [complete: set Vm] { arguments and hostIsCareful and memoryStep and hostStep[complete] and queueStep and cacheStep and dmaStep }

/* No stage 2 yet, and nothing cached of one. Stream tables, guests, what is cached of these, and commands may be as they like. */
pred init { no Memory.stage2 and no unclean and no Hardware.stage2Tlb and no Cached }

/* ---- claims ---- */

/* Stated on the access: the page belongs to a VM that the stream's STE names. */
pred isolated {
  Now.operation = Dma implies some m: Now.stream.(Hardware.stes) | m.vmid = Watched.v and Now.page.(Memory.owner) = m
}

fun vmOf: Vmid -> Vm { ~vmid }

/* Where the watched page is while something cached under the watched VMID still names it: any page and VMID may be the watched ones. */
pred trackedPageIsOwned {
  all m: Watched.v.vmOf | Watched.p in Ipa.(m.(Memory.stage2)) + m.unclean implies Watched.p.(Memory.owner) = m
}
pred stage2EntryIsTracked {
  let m = Watched.v.vmOf | Watched.p in Ipa.(Watched.v.(Hardware.stage2Tlb)) - Ipa.(m.(Memory.stage2)) - m.(Host.dirty) implies
    (Watched.p in m.(Host.ipaIssued) and QueuedIpa->Watched.v in Hardware.pendingTlbi)
      or (Watched.p in m.(Host.lastIssued) and QueuedVmall->Watched.v in Hardware.pendingTlbi)
}
pred combinedEntryIsTracked {
  let m = Watched.v.vmOf | some Cached and Watched.p not in Ipa.(m.(Memory.stage2)) + m.(Host.dirty + Host.ipaIssued + Host.ipaDone) implies
    Watched.p in m.(Host.lastIssued) and Watched.v in (QueuedAll + QueuedVmall).(Hardware.pendingTlbi)
}
pred inv { trackedPageIsOwned and stage2EntryIsTracked and combinedEntryIsTracked }

assert invHoldsAtFirst { (vmidsAreUnique and init) implies inv }
check invHoldsAtFirst for 3 but 0 int, exactly 1 steps expect 0

assert invIsKept { (vmidsAreUnique and inv and step[Vm]) implies after inv }
check invIsKept for 4 but 0 int, exactly 2 steps expect 0

assert dmaStaysInItsVm { (vmidsAreUnique and inv and step[Vm]) implies isolated }
check dmaStaysInItsVm for 4 but 0 int, exactly 1 steps expect 0

/* The same as a bounded run from the start. */
pred behaves { vmidsAreUnique and init and always step[Vm] }
assert noDmaReachesAnotherVm { behaves implies always isolated }
check noDmaReachesAnotherVm for 3 but 2 Vm, 0 int, exactly 8 steps expect 0

/* C-CMP-01: after CFGI and SYNC hardware has the configuration that memory has. */
assert cfgiMakesConfigurationCurrent {
  all s: Stream | (always step[Vm] and (Now.operation = Cfgi and Now.stream = s ; Now.operation = Sync)) implies
    after after (s.(Hardware.stes) in s.(Memory.ste) and s.(Hardware.cds) in s.(Memory.cd))
}
check cfgiMakesConfigurationCurrent for 3 but 0 int, exactly 3 steps expect 0

/* C-CFG-05: nothing is cached under an ASID that no stream of the VM has. */
assert unknownContextIsNotCached {
  (step[Vm] and Watched.v->Watched.a not in ~vmid.configured.asid) implies
    Watched.reached' in Watched.reached and (no Cached implies no Cached')
}
check unknownContextIsNotCached for 4 but 0 int, exactly 2 steps expect 0

/* A-NST-01: with an entry that agrees with memory, a DMA reaches what the tables make of its address. */
fun leads: Va -> Page {
  { x: Va, p: Page | some m: vmid.(Watched.v), k: asid.(Watched.a) | p in (x.(k.(Memory.stage1))).(m.(Memory.stage2)) }
}
assert dmaGoesWhereItsAddressLeads {
  (step[Vm] and Now.operation = Dma and Watched.x->Watched.p in leads) implies Now.va->Now.page in leads
}
check dmaGoesWhereItsAddressLeads for 4 but 0 int, exactly 2 steps expect 0

assert memoryChangesByItsOperationsOnly {
  step[Vm] implies {
    Now.operation = SetSte or Memory.ste' = Memory.ste
    Now.operation = SetCd or Memory.cd' = Memory.cd
    Now.operation in Map1 + Unmap1 or Memory.stage1' = Memory.stage1
    Now.operation in Map2 + Unmap2 or Memory.stage2' = Memory.stage2
  }
}
check memoryChangesByItsOperationsOnly for 4 but 0 int, exactly 2 steps expect 0

/* What an operation does not use is not in a trace. */
assert unusedArgumentsAreEmpty {
  (step[Vm] and Now.operation = Idle) implies
    no Now.stream and no Now.vm and no Now.context and no Now.va and no Now.ipa and no Now.page
}
check unusedArgumentsAreEmpty for 4 but 0 int, exactly 2 steps expect 0

/* Companions. */

/* A page goes to another VM, and a DMA of that VM reaches it. */
pred pageChangesHands {
  behaves and some disj m, n: Vm | eventually (Now.operation = Map2 and Now.vm = m and Now.page = Watched.p
    and after eventually (Now.operation = Grant and Now.vm = n and Now.page = Watched.p and after eventually Now.operation = Dma))
}
run pageChangesHands for 2 but 0 int, exactly 12 steps expect 1

/* R-MAP-07, R-MAP-08: S2_IPA and SYNC alone, and the page is another VM's when the DMA of the first still reaches it. */
pred publishedUnmapLeavesStaleTranslation {
  vmidsAreUnique and init and always step[none] and always Now.operation != Vmall and eventually not isolated
}
run publishedUnmapLeavesStaleTranslation for 2 but 0 int, exactly 12 steps expect 1

/* Without unique VMIDs even a careful host does not keep two VMs apart. C-KEY-03. */
pred sharedVmidLeaks { init and always step[Vm] and eventually not isolated }
run sharedVmidLeaks for 2 but 0 int, exactly 8 steps expect 1

/* C-TLB-07: the combined entry is made from a stage 1 entry that no table has any more. */
pred stage1EntryOutlivesItsTable { behaves and eventually (no Cached and no Memory.stage1 and after some Cached) }
run stage1EntryOutlivesItsTable for 2 but 0 int, exactly 8 steps expect 1
