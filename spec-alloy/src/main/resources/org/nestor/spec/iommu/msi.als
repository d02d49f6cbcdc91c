module iommu/msi

/*
 * Bindings of a guest's MSI doorbells: absent, bound, mapped. A binding gives a guest IOVA and a guest page; when a device's MSIs are
 * prepared, the newest binding that is not mapped gets the host's doorbell page in stage 2.
 *
 * Rules: R-MSI-07, R-MSI-09 to R-MSI-11 (bind), R-MSI-14 to R-MSI-17 (unbind), R-MSI-19 to R-MSI-22, R-MSI-26, R-MSI-31, R-MSI-32 (look-up),
 * R-MSI-33 (release), R-MSI-34.
 */

sig Iova, Gpa, Doorbell {}
sig Ram {}

one sig Cookie {
  /* Bindings, which page each has, which doorbell is mapped there, and which binding is newer than which. */
  var bound: set Iova,
  var gpa: Iova -> lone Gpa,
  var mapped: Iova -> lone Doorbell,
  var newer: Iova -> Iova
}

/* Stage 2 of the domain: a guest page is a doorbell or memory, or nothing. */
one sig Stage2 { var doorbell: Gpa -> lone Doorbell, var ram: Gpa -> lone Ram }

/* What each prepared doorbell was given. */
one sig Prepared { var iova: Doorbell -> lone Iova }

enum Operation { Bind, Unbind, Prepare, MapRam, Release, Nothing }
one sig Now { var operation: one Operation, var at: lone Iova, var page: lone Gpa, var bell: lone Doorbell, var memory: lone Ram }

pred arguments {
  some Now.at iff Now.operation in Bind + Unbind
  some Now.page iff Now.operation in Bind + MapRam
  some Now.bell iff Now.operation = Prepare
  some Now.memory iff Now.operation = MapRam
}

fun removed: set Iova { Now.operation = Unbind => Now.at else Now.operation = Release => Iova else none }

/* R-MSI-11: binding again changes nothing. */
pred bindStep {
  let fresh = Now.operation = Bind => Now.at - Cookie.bound else none {
    Cookie.bound' = Cookie.bound + fresh - removed
    Cookie.gpa' = Cookie.gpa + fresh->Now.page - removed->Gpa
    Cookie.newer' = Cookie.newer + fresh->Cookie.bound - removed->Iova - Iova->removed
  }
}

/* R-MSI-19, R-MSI-20: who already maps the doorbell, else the newest that maps none. */
fun already: set Iova { (Cookie.mapped).(Now.bell) }
fun unmapped: set Iova { Cookie.bound - (Cookie.mapped).Doorbell }
fun newest: set Iova { { b: unmapped | no (Cookie.newer).b & unmapped } }

/* R-MSI-21, R-MSI-32: a page that stage 2 maps already cannot take a doorbell. */
fun taken: lone Iova {
  (Now.operation = Prepare and no already) => { b: newest | no b.(Cookie.gpa).(Stage2.doorbell) and no b.(Cookie.gpa).(Stage2.ram) } else none
}

pred mapStep {
  Cookie.mapped' = Cookie.mapped + taken->Now.bell - removed->Doorbell
  Stage2.doorbell' = Stage2.doorbell + taken.(Cookie.gpa)->Now.bell - (removed & (Cookie.mapped).Doorbell).(Cookie.gpa)->Doorbell
  Stage2.ram' = (Now.operation = MapRam and no Now.page.(Stage2.doorbell) => Stage2.ram ++ Now.page->Now.memory else Stage2.ram)
}

/* R-MSI-23 to R-MSI-25; R-MSI-38: a binding that goes leaves no doorbell prepared for it. */
pred prepareStep {
  Prepared.iova' =
    (Now.operation = Prepare => Prepared.iova ++ Now.bell->(already + taken) else Prepared.iova - Doorbell->removed)
}

pred step { arguments and bindStep and mapStep and prepareStep }

pred init {
  no Cookie.bound and no Cookie.gpa and no Cookie.mapped and no Cookie.newer
  no Stage2.doorbell and no Prepared.iova
}

/* ---- claims ---- */

pred oneBindingForEachDoorbell { all b: Doorbell | lone (Cookie.mapped).b }
pred mappedIsBound { (Cookie.mapped).Doorbell in Cookie.bound and (Cookie.gpa).Gpa = Cookie.bound }
pred stage2FollowsBindings { Stage2.doorbell = ~(Cookie.gpa).(Cookie.mapped) }
pred doorbellIsNoRam { no (Stage2.doorbell).Doorbell & (Stage2.ram).Ram }
pred preparedIsMapped { ~(Prepared.iova) in Cookie.mapped }
pred newerOrdersBindings {
  Cookie.newer in Cookie.bound->Cookie.bound and no Cookie.newer & ~(Cookie.newer)
  all disj b, c: Cookie.bound | b->c in Cookie.newer or c->b in Cookie.newer
  Cookie.newer.(Cookie.newer) in Cookie.newer
}

pred inv {
  oneBindingForEachDoorbell and mappedIsBound and stage2FollowsBindings and doorbellIsNoRam
  preparedIsMapped and newerOrdersBindings
}

assert invHoldsAtFirst { init implies inv }
check invHoldsAtFirst for 4 but 0 int, exactly 1 steps expect 0

assert invIsKept { (inv and step) implies after inv }
check invIsKept for 4 but 0 int, exactly 2 steps expect 0

/* A guest page never stands for two doorbells. */
assert noPageStandsForTwoDoorbells { (inv and step) implies after all g: Gpa | lone g.(Stage2.doorbell) and lone g.(~(Cookie.gpa).(Cookie.mapped)) }
check noPageStandsForTwoDoorbells for 4 but 0 int, exactly 2 steps expect 0

/* R-MSI-26: devices that use one doorbell share one binding. */
assert doorbellHasOneBinding { (inv and step) implies after all b: Doorbell | lone (Cookie.mapped).b }
check doorbellHasOneBinding for 4 but 0 int, exactly 2 steps expect 0

/* R-MSI-32. */
assert doorbellsAndMemoryAreApart { (inv and step) implies after all g: Gpa | no g.(Stage2.doorbell) or no g.(Stage2.ram) }
check doorbellsAndMemoryAreApart for 4 but 0 int, exactly 2 steps expect 0

/* R-MSI-20: there is never a doubt which binding is the newest. */
assert newestBindingIsOne { (inv and some unmapped) implies one newest }
check newestBindingIsOne for 4 but 0 int, exactly 1 steps expect 0

/* R-MSI-33: with the domain go the bindings, and no doorbell stays in stage 2. */
assert bindingsEndWithTheDomain {
  (inv and step and Now.operation = Release) implies after (no Cookie.bound and no Stage2.doorbell and no Prepared.iova)
}
check bindingsEndWithTheDomain for 4 but 0 int, exactly 2 steps expect 0

/* R-MSI-29: after an unbind no device reaches the doorbell through the page. */
assert unboundDoorbellIsGone {
  (inv and step and Now.operation = Unbind) implies after no (Gpa - Cookie.bound.(Cookie.gpa)).(Stage2.doorbell)
}
check unboundDoorbellIsGone for 4 but 0 int, exactly 2 steps expect 0

/* What a doorbell was given leads to it. R-MSI-27. */
assert preparedDoorbellIsReached {
  (inv and step) implies after all b: Doorbell, i: b.(Prepared.iova) | i.(Cookie.gpa).(Stage2.doorbell) = b
}
check preparedDoorbellIsReached for 4 but 0 int, exactly 2 steps expect 0

/* R-MSI-11, R-MSI-19: neither binding nor preparing again changes anything. */
assert secondTimeChangesNothing {
  (inv and step and ((Now.operation = Bind and Now.at in Cookie.bound) or (Now.operation = Prepare and some already))) implies
    Cookie.gpa' = Cookie.gpa and Cookie.mapped' = Cookie.mapped and Stage2.doorbell' = Stage2.doorbell
}
check secondTimeChangesNothing for 4 but 0 int, exactly 2 steps expect 0

/* What an operation does not use is not in a trace. */
assert unusedArgumentsAreEmpty {
  (step and Now.operation = Nothing) implies no Now.at and no Now.page and no Now.bell and no Now.memory
}
check unusedArgumentsAreEmpty for 4 but 0 int, exactly 2 steps expect 0

pred behaves { init and always step }
/* Always inv: said as that there is no first state without it, the solver can lean on the states before. */
assert invHoldsInEachRun { behaves implies not (inv until not inv) }
check invHoldsInEachRun for 2 but 0 int, exactly 8 steps expect 0

/* Companions. */
pred newestIsTaken {
  behaves and eventually (Now.operation = Prepare and some disj b, c: unmapped | b = taken and b->c in Cookie.newer)
}
run newestIsTaken for 3 but 0 int, exactly 6 steps expect 1

/* R-MSI-31: the stale binding wins over the newer one. */
pred staleBindingWins { behaves and eventually (Now.operation = Prepare and some b: already, c: unmapped | c->b in Cookie.newer) }
run staleBindingWins for 3 but 0 int, exactly 6 steps expect 1

/* R-MSI-32. */
pred pageIsTakenByRam { behaves and eventually (Now.operation = Prepare and some newest and no taken and no already) }
run pageIsTakenByRam for 3 but 0 int, exactly 6 steps expect 1

pred unboundWhilePrepared { behaves and eventually (Now.operation = Unbind and Now.at in Doorbell.(Prepared.iova)) }
run unboundWhilePrepared for 3 but 0 int, exactly 6 steps expect 1

pred releasedWhilePrepared { behaves and eventually (Now.operation = Release and some Prepared.iova) }
run releasedWhilePrepared for 3 but 0 int, exactly 6 steps expect 1
