module smmu/tags

/*
 * What a cache entry is tagged with, which look-ups it may serve, and which commands must remove it (IHI 0070 sections 3.17, 4.3, 4.4).
 *
 * An entry is one cached thing; `page` is any of the addresses in the range that its descriptor translates. `removes` is the table of
 * commands, each line a command. The build enumerates all instances with one Entry, Command and Lookup, and holds InvalidationRules,
 * ConfigurationInvalidationRules and TlbTags of the Java against them.
 *
 * Range commands (C-RIL) and CR0.VMW are left to the Java's own properties: they widen what an address or a VMID names, and no more.
 */

sig Vmid, Asid, Page, Stream, Substream {}

one sig Yes {}

enum World { NsEl1, El2, El2E2h }

/* A pointer is a cached table descriptor, combined means through both stages. C-TLB-07. */
enum Kind { Ste, Cd, Leaf1, Pointer1, CombinedLeaf, CombinedPointer, Leaf2, Pointer2 }

fun configuration: set Kind { Ste + Cd }
fun stage2: set Kind { Leaf2 + Pointer2 }
fun leaves: set Kind { Leaf1 + CombinedLeaf + Leaf2 }
fun stage1: set Kind { Leaf1 + CombinedLeaf + Pointer1 + CombinedPointer }

sig Entry {
  kind: one Kind,
  world: one World,
  vmid: one Vmid,
  asid: one Asid,
  aset: lone Yes,
  global: lone Yes,
  covers: some Page,
  stream: one Stream,
  substream: one Substream
}

/* A transaction's tags: of its stream, and those that its CD and STE give it. */
sig Lookup {
  from: one World,
  ofVmid: one Vmid,
  ofAsid: one Asid,
  ofAset: lone Yes,
  at: one Page,
  byStream: one Stream,
  bySubstream: one Substream
}

enum Opcode {
  CfgiSte, CfgiCd, CfgiCdAll, CfgiAll, NhVa, NhVaa, NhAsid, NhAll, S2Ipa, S12Vmall, NsnhAll, El2Va, El2Vaa, El2Asid, El2All
}

sig Command {
  opcode: one Opcode,
  onVmid: one Vmid,
  onAsid: one Asid,
  onPage: one Page,
  leafOnly: lone Yes,
  onStream: one Stream,
  onSubstream: one Substream
}

/* nG = 0, of a leaf: table pointers belong to one ASID. */
pred isGlobal [e: Entry] { some e.global and e.kind in leaves }

/* C-KEY-01 to C-KEY-07. */
pred serves [e: Entry, l: Lookup] {
  e.kind in configuration => (e.stream = l.byStream and (e.kind = Cd implies e.substream = l.bySubstream))
  else e.kind in stage2 => (l.from = NsEl1 and e.vmid = l.ofVmid and l.at in e.covers)
  else {
    e.world = l.from
    e.world = NsEl1 implies e.vmid = l.ofVmid
    e.world != El2 implies (isGlobal[e] => e.aset = l.ofAset else e.asid = l.ofAsid)
    l.at in e.covers
  }
}

pred sameVm [c: Command, e: Entry] { e.kind in stage1 and e.world = NsEl1 and c.onVmid = e.vmid }
pred inEl2 [e: Entry] { e.kind in stage1 and e.world in El2 + El2E2h }

/* C-INV-01: by the range of the descriptor; with Leaf = 1 pointers stay. */
pred covered [c: Command, e: Entry] { c.onPage in e.covers and (some c.leafOnly implies e.kind in leaves) }

/* C-INV-07: a command on an address takes global entries too, one on an ASID leaves them. */
pred sameContext [c: Command, e: Entry] { isGlobal[e] or c.onAsid = e.asid }
pred onlyContext [c: Command, e: Entry] { not isGlobal[e] and c.onAsid = e.asid }

/* What each command must remove; it may remove more (C-INV-13). An EL2 entry is of either world, since E2H changes in empty caches. */
pred removes [c: Command, e: Entry] {
  (c.opcode = CfgiSte and e.kind in configuration and c.onStream = e.stream)
  or (c.opcode = CfgiCd and e.kind = Cd and c.onStream = e.stream and c.onSubstream = e.substream)
  or (c.opcode = CfgiCdAll and e.kind = Cd and c.onStream = e.stream)
  or (c.opcode = CfgiAll and e.kind in configuration)
  or (c.opcode = NhVa and sameVm[c, e] and covered[c, e] and sameContext[c, e])
  or (c.opcode = NhVaa and sameVm[c, e] and covered[c, e])
  or (c.opcode = NhAsid and sameVm[c, e] and onlyContext[c, e])
  or (c.opcode = NhAll and sameVm[c, e])
  or (c.opcode = S2Ipa and e.kind in stage2 and c.onVmid = e.vmid and covered[c, e])
  or (c.opcode = S12Vmall and (sameVm[c, e] or (e.kind in stage2 and c.onVmid = e.vmid)))
  or (c.opcode = NsnhAll and ((e.kind in stage1 and e.world = NsEl1) or e.kind in stage2))
  or (c.opcode = El2Va and inEl2[e] and covered[c, e] and (e.world = El2 or sameContext[c, e]))
  or (c.opcode = El2Vaa and inEl2[e] and covered[c, e])
  or (c.opcode = El2Asid and inEl2[e] and e.world = El2E2h and onlyContext[c, e])
  or (c.opcode = El2All and inEl2[e])
}

/* The questions that the build asks of each instance. */
pred anyServes { some e: Entry, l: Lookup | serves[e, l] }
pred anyRemoves { some c: Command, e: Entry | removes[c, e] }

/* ---- claims ---- */

/* C-INV-07, C-KEY-05: who can use an entry can remove it by his own tags and address. */
assert ownAddressRemovesWhatServes {
  all e: Entry, l: Lookup, c: Command |
    (serves[e, l] and e.kind in stage1 and l.from = NsEl1 and c.opcode = NhVa and no c.leafOnly
      and c.onVmid = l.ofVmid and c.onAsid = l.ofAsid and c.onPage = l.at) implies removes[c, e]
}
check ownAddressRemovesWhatServes for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 0

/* C-KEY-01: no entry crosses from one VMID to another, neither when used nor when removed. */
assert vmidsDoNotMeet {
  all e: Entry | (e.kind in stage2 or (e.kind in stage1 and e.world = NsEl1)) implies {
    all l: Lookup | serves[e, l] implies l.ofVmid = e.vmid
    all c: Command | (removes[c, e] and c.opcode != NsnhAll) implies c.onVmid = e.vmid
  }
}
check vmidsDoNotMeet for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 0

/* C-INV-03: configuration and translations have commands of their own. */
assert commandsOnConfigurationLeaveTranslations {
  all c: Command, e: Entry | removes[c, e] implies
    (e.kind in configuration iff c.opcode in CfgiSte + CfgiCd + CfgiCdAll + CfgiAll)
}
check commandsOnConfigurationLeaveTranslations for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 0

/* C-INV-11: S12_VMALL is all that NH_ALL and S2_IPA would remove of the VM. */
assert vmallIsBothStages {
  all e: Entry, c, d: Command |
    (c.opcode = S12Vmall and d.opcode in NhAll + NhAsid + NhVa + NhVaa + S2Ipa and d.onVmid = c.onVmid and removes[d, e])
      implies removes[c, e]
}
check vmallIsBothStages for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 2 Command, 0 int expect 0

/* A-RGM-08, C-KEY-07: what EL2 uses, no command of a VM removes, and the reverse. */
assert worldsDoNotMeet {
  all e: Entry, l: Lookup | (e.kind in stage2 and serves[e, l]) implies l.from = NsEl1
  all e: Entry | e.kind in stage1 implies {
    all l: Lookup | serves[e, l] implies l.from = e.world
    all c: Command | removes[c, e] implies (e.world = NsEl1 iff c.opcode not in El2Va + El2Vaa + El2Asid + El2All)
    all c: Command | (removes[c, e] and c.opcode = El2Asid) implies e.world = El2E2h
  }
}
check worldsDoNotMeet for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 0

/* C-KEY-04: configuration is of one StreamID, a CD of one SubstreamID, whether used or removed. */
assert streamsDoNotMeet {
  all e: Entry | e.kind in configuration implies {
    all l: Lookup | serves[e, l] implies (e.stream = l.byStream and (e.kind = Ste or e.substream = l.bySubstream))
    all c: Command | (removes[c, e] and c.opcode != CfgiAll) implies
      (e.stream = c.onStream and (c.opcode = CfgiCd implies e.substream = c.onSubstream))
  }
}
check streamsDoNotMeet for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 0

/* C-INV-01: a translation is used for what it covers, and removed by an address only if it covers that. */
assert addressesDoNotMeet {
  all e: Entry | e.kind not in configuration implies {
    all l: Lookup | serves[e, l] implies l.at in e.covers
    all c: Command | (removes[c, e] and c.opcode in NhVa + NhVaa + S2Ipa + El2Va + El2Vaa) implies
      (c.onPage in e.covers and (no c.leafOnly or e.kind in leaves))
  }
}
check addressesDoNotMeet for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 0

/* C-KEY-05, C-INV-07: only a global leaf is used under another ASID, or removed by an address with another ASID. */
assert asidsDoNotMeet {
  all e: Entry | (e.kind in stage1 and e.world != El2) implies {
    all l: Lookup | (serves[e, l] and e.asid != l.ofAsid) implies (some e.global and e.kind in leaves and e.aset = l.ofAset)
    all c: Command | (removes[c, e] and e.asid != c.onAsid and c.opcode in NhVa + El2Va) implies (some e.global and e.kind in leaves)
    all c: Command | (removes[c, e] and c.opcode in NhAsid + El2Asid) implies (e.asid = c.onAsid and (no e.global or e.kind not in leaves))
  }
}
check asidsDoNotMeet for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 0

/* Companions, and the traps: each of these leaves something behind. */

/* C-INV-09: S2_IPA with the right VMID and address, and yet a combined entry stays. */
pred ipaLeavesCombined {
  some e: Entry, c: Command | e.kind = CombinedLeaf and c.opcode = S2Ipa and c.onVmid = e.vmid and c.onPage in e.covers
    and not removes[c, e]
}
run ipaLeavesCombined for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 1

/* C-INV-07: NH_ASID with the right ASID, and yet an entry that serves the ASID stays, since it is global. */
pred asidLeavesGlobal {
  some e: Entry, c: Command, l: Lookup | serves[e, l] and e.kind = Leaf1 and e.asid = l.ofAsid and l.from = NsEl1
    and c.opcode = NhAsid and c.onVmid = l.ofVmid and c.onAsid = l.ofAsid and not removes[c, e]
}
run asidLeavesGlobal for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 1

/* C-KEY-05: a global entry serves another ASID of the same ASET. */
pred globalServesOtherAsid {
  some e: Entry, l: Lookup | serves[e, l] and e.kind = CombinedLeaf and e.asid != l.ofAsid and e.world = NsEl1
}
run globalServesOtherAsid for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 1

/* Leaf = 1 leaves the pointer above the leaf. */
pred leafOnlyLeavesPointer {
  some e: Entry, c: Command | e.kind = CombinedPointer and sameVm[c, e] and c.opcode = NhVa and c.onPage in e.covers
    and c.onAsid = e.asid and not removes[c, e]
}
run leafOnlyLeavesPointer for 2 but exactly 1 Entry, exactly 1 Lookup, exactly 1 Command, 0 int expect 1

/* Each command removes something. */
pred everyCommandRemoves { all o: Opcode | some c: opcode.o, e: Entry | removes[c, e] }
run everyCommandRemoves for 2 but 4 Entry, exactly 15 Command, 0 int expect 1
