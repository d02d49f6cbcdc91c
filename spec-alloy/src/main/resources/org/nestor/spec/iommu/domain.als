module iommu/domain

/*
 * Nested domains of the IOMMU API: which VMID a domain has, which devices are attached, what its guest has asked of stage 1, and the STE
 * that each device has in consequence. An operation that is refused changes nothing.
 *
 * Rules: R-ALLOC-11, R-ALLOC-12, R-ALLOC-13, R-ALLOC-15, R-ALLOC-17 (VMIDs), R-ATT-03, R-ATT-07, R-ATT-19, R-ATT-24 (attach), R-DET-02 to
 * R-DET-04, R-DET-06 (detach), R-PTA-14, R-PTA-17 to R-PTA-23, R-PTD-03, R-PTD-06 (PASID table), R-STE-20 (live rewrites).
 */

sig Device {}
sig Vmid {}
sig Table {}

/* State of a domain's stage 1: none (also bypass), translate by a table, abort. Section 3.0 of the rules. */
enum Stage1 { NoStage1, Translating, Aborting }

sig Domain {
  var vmid: lone Vmid,
  var devices: set Device,
  var stage1: one Stage1,
  var table: lone Table
}

/* The STE of a device: abort, stage 2 alone or nested, with the VMID and the CD pointer in it. */
enum Config { AbortConfig, Stage2Config, NestedConfig }
one sig Stes {
  var config: Device -> one Config,
  var steVmid: Device -> lone Vmid,
  var pointer: Device -> lone Table
}

/* VMIDs whose translations may still be cached. */
one sig Hardware { var tagged: set Vmid }

enum Operation { Attach, Detach, SetTable, Bypass, AbortAll, DetachTable, Free, Nothing }
one sig Now { var operation: one Operation, var domain: lone Domain, var device: lone Device, var base: lone Table }

pred arguments {
  some Now.domain iff Now.operation != Nothing
  some Now.device iff Now.operation in Attach + Detach
  some Now.base iff Now.operation = SetTable
}

fun bound: set Domain { vmid.Vmid }

/* R-ATT-07: with no VMID left the domain stays unbound; and the device has left its former domain even so, R-ATT-03. */
pred vmidStep {
  Now.operation = Attach and Now.domain not in bound => {
    all d: Domain - Now.domain | d.vmid' = d.vmid
    some Vmid - Domain.vmid => (one Now.domain.vmid' and Now.domain.vmid' in Vmid - Domain.vmid) else no Now.domain.vmid'
  } else Now.operation = Free => vmid' = vmid - Now.domain->Vmid
  else vmid' = vmid
}

pred deviceStep {
  devices' =
    (Now.operation = Attach => devices - Domain->Now.device + (Now.domain & vmid'.Vmid)->Now.device
     else Now.operation = Detach => devices - Now.domain->Now.device
     else Now.operation = Free => devices - Now.domain->Device
     else devices)
}

/* What the guest asked: refused on an unbound domain, and a second table without a detach between. R-PTA-12, R-PTA-14. */
pred accepted { Now.domain in bound and (Now.operation = SetTable implies Now.domain.stage1 != Translating) }

fun asked: lone Stage1 {
  (Now.operation = SetTable and accepted) => Translating
  else (Now.operation = AbortAll and accepted) => Aborting
  else ((Now.operation = Bypass and accepted) or Now.operation in DetachTable + Free) => NoStage1
  else none
}

pred stage1Step {
  stage1' = (some asked => stage1 ++ Now.domain->asked else stage1)
  table' = (asked = Translating => table ++ Now.domain->Now.base else some asked => table - Now.domain->Table else table)
}

/* R-ATT-19, R-PTA-17 to R-PTA-19, R-DET-02: each STE follows from its device's domain. */
fun configOf: Stage1 -> Config { NoStage1->Stage2Config + Translating->NestedConfig + Aborting->AbortConfig }
pred steStep {
  all x: Device | let d = devices'.x {
    Stes.config'[x] = (some d => d.stage1'.configOf else AbortConfig)
    Stes.steVmid'[x] = (Stes.config'[x] = AbortConfig => none else d.vmid')
    Stes.pointer'[x] = (Stes.config'[x] = NestedConfig => d.table' else none)
  }
}

/* R-ALLOC-15: freeing a domain empties its VMID; anything attached may be cached again. */
pred hardwareStep {
  Hardware.tagged' in Hardware.tagged + Device.(Stes.steVmid')
  Now.operation = Free implies no Hardware.tagged' & Now.domain.vmid
}

pred step { arguments and vmidStep and deviceStep and stage1Step and steStep and hardwareStep }

pred init {
  no vmid and no devices and no table and Domain.stage1 in NoStage1
  Device.(Stes.config) in AbortConfig and no Stes.steVmid and no Stes.pointer and no Hardware.tagged
}

/* ---- claims ---- */

pred vmidsApart { all disj d, e: Domain | no d.vmid & e.vmid }
pred oneDomainEach { all x: Device | lone devices.x }
pred attachedIsBound { devices.Device in bound }
pred tableWhileTranslating { all d: Domain | some d.table iff d.stage1 = Translating }

/* No STE names what is not its own domain's. */
pred stesFollowDomains {
  all x: Device | let d = devices.x {
    Stes.config[x] = (some d => d.stage1.configOf else AbortConfig)
    Stes.steVmid[x] = (Stes.config[x] = AbortConfig => none else d.vmid)
    Stes.pointer[x] = (Stes.config[x] = NestedConfig => d.table else none)
  }
}
/* A VMID that is free to be given out tags nothing that is cached. */
pred freeVmidsAreClean { Hardware.tagged in Domain.vmid }

pred inv { vmidsApart and oneDomainEach and attachedIsBound and tableWhileTranslating and stesFollowDomains and freeVmidsAreClean }

assert invHoldsAtFirst { init implies inv }
check invHoldsAtFirst for 4 but 0 int, exactly 1 steps expect 0

assert invIsKept { (inv and step) implies after inv }
check invIsKept for 4 but 0 int, exactly 2 steps expect 0

/* R-ALLOC-12, R-ATT-03, R-ALLOC-15: the parts of the invariant, each as it is meant. */
assert vmidsStayApart { (inv and step) implies after all disj d, e: Domain | d.vmid != e.vmid or no d.vmid }
check vmidsStayApart for 4 but 0 int, exactly 2 steps expect 0

assert deviceHasOneDomain { (inv and step) implies after no x: Device | some disj d, e: Domain | x in d.devices & e.devices }
check deviceHasOneDomain for 4 but 0 int, exactly 2 steps expect 0

assert vmidIsCleanWhenItIsFree { (inv and step) implies after no Hardware.tagged & (Vmid - Domain.vmid) }
check vmidIsCleanWhenItIsFree for 4 but 0 int, exactly 2 steps expect 0

assert onlyTranslatingDomainHasATable { (inv and step) implies after table.Table = stage1.Translating }
check onlyTranslatingDomainHasATable for 4 but 0 int, exactly 2 steps expect 0

/* No device is left with another domain's stage 1, whatever is attached, detached or refused. */
assert stage1IsOfTheDomain {
  (inv and step) implies after all x: Device | some Stes.pointer[x] implies some d: Domain | x in d.devices and Stes.pointer[x] = d.table
}
check stage1IsOfTheDomain for 4 but 0 int, exactly 2 steps expect 0

/* A device that is in no domain reaches nothing. */
assert detachedDeviceAborts { (inv and step) implies after all x: Device - Domain.devices | Stes.config[x] = AbortConfig }
check detachedDeviceAborts for 4 but 0 int, exactly 2 steps expect 0

/* R-PTA-22: a refused request leaves everything. */
assert refusedTableChangesNothing {
  (inv and step and Now.operation in SetTable + Bypass + AbortAll and not accepted) implies
    stage1' = stage1 and table' = table and Stes.config' = Stes.config and Stes.pointer' = Stes.pointer
}
check refusedTableChangesNothing for 4 but 0 int, exactly 2 steps expect 0

/* R-PTA-12. */
assert unboundDomainTakesNoTable {
  (inv and step and Now.operation in SetTable + AbortAll and Now.domain not in bound) implies stage1' = stage1 and table' = table
}
check unboundDomainTakesNoTable for 4 but 0 int, exactly 2 steps expect 0

/* R-DET-06, R-ATT-17: nothing happens to a device by what is done with others. */
assert othersAreLeftAlone {
  (inv and step and Now.operation in Attach + Detach) implies
    all x: Device - Now.device | Stes.config'[x] = Stes.config[x] and Stes.pointer'[x] = Stes.pointer[x] and Stes.steVmid'[x] = Stes.steVmid[x]
}
check othersAreLeftAlone for 4 but 0 int, exactly 2 steps expect 0

/* R-ATT-07: as long as VMIDs are left, attach gives one. */
assert attachBindsWhileVmidsAreLeft {
  (inv and step and Now.operation = Attach and some Vmid - Domain.vmid) implies
    one Now.domain.vmid' and Now.device in Now.domain.devices'
}
check attachBindsWhileVmidsAreLeft for 4 but 0 int, exactly 2 steps expect 0

/* What an operation does not use is not in a trace. */
assert unusedArgumentsAreEmpty { (step and Now.operation = Nothing) implies no Now.domain and no Now.device and no Now.base }
check unusedArgumentsAreEmpty for 4 but 0 int, exactly 2 steps expect 0

pred behaves { init and always step }
/* Always inv: said as that there is no first state without it, the solver can lean on the states before. */
assert invHoldsInEachRun { behaves implies not (inv until not inv) }
check invHoldsInEachRun for 2 but 0 int, exactly 8 steps expect 0

/* Companions. */
pred vmidIsReused {
  behaves and some disj d, e: Domain, v: Vmid |
    eventually (d.vmid = v and v in Hardware.tagged and after eventually (no d.vmid and after eventually (e.vmid = v and v in Hardware.tagged)))
}
run vmidIsReused for 3 but 0 int, exactly 8 steps expect 1

pred movesWhileTranslating {
  behaves and some disj d, e: Domain, x: Device |
    eventually (x in d.devices and d.stage1 = Translating and e.stage1 = Translating and d.table != e.table and Now.operation = Attach
      and Now.device = x and Now.domain = e)
}
run movesWhileTranslating for 3 but 0 int, exactly 8 steps expect 1

pred runsOutOfVmids { behaves and eventually (Now.operation = Attach and Now.domain not in bound and no Vmid - Domain.vmid and some Now.device & Domain.devices) }
run runsOutOfVmids for 3 but 2 Vmid, 0 int, exactly 6 steps expect 1

pred secondTableIsRefused { behaves and eventually (Now.operation = SetTable and Now.domain in bound and not accepted) }
run secondTableIsRefused for 3 but 0 int, exactly 6 steps expect 1

pred abortsAndReturns { behaves and some d: Domain | eventually (d.stage1 = Aborting and some d.devices and after eventually d.stage1 = Translating) }
run abortsAndReturns for 3 but 0 int, exactly 8 steps expect 1
