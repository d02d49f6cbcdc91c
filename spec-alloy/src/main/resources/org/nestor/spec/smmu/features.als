module smmu/features

/*
 * What an SMMU implements, as far as the legality of an STE or CD depends on it (IHI 0070 section 6.3), and the values that
 * fields take. A field of one bit is a `lone Yes`. A code is the number it has in the register or structure, without
 * arithmetic: what a code means is a table. An address is known by the smallest size of IDR5.OAS that it fits into.
 */

enum Number {
  N0, N1, N2, N3, N4, N5, N6, N7, N8, N9, N10, N11, N12, N13, N14, N15, N16, N17, N18, N19, N20, N21,
  N22, N23, N24, N25, N26, N27, N28, N29, N30, N31, N32, N33, N34, N35, N36, N37, N38, N39, N40, N41, N42,
  N43, N44, N45, N46, N47, N48, N49, N50, N51, N52, N53, N54, N55, N56, N57, N58, N59, N60, N61, N62, N63
}

enum Size { B32, B36, B40, B42, B44, B48, B52 }

enum Granule { K4, K16, K64 }

one sig Yes {}

one sig Smmu {
  s1p: lone Yes,
  s2p: lone Yes,
  ttf: one N1 + N2 + N3,
  httu: one N0 + N1 + N2,
  hyp: lone Yes,
  ats: lone Yes,
  ns1ats: lone Yes,
  asid16: lone Yes,
  vmid16: lone Yes,
  cd2l: lone Yes,
  ttendian: one N0 + N2 + N3,
  stallModel: one N0 + N1 + N2,
  termModel: lone Yes,
  ssidSize: one N0 + N1 + N2 + N3 + N4 + N5 + N6 + N7 + N8 + N9 + N10 + N11 + N12 + N13 + N14 + N15 + N16 + N17 + N18 + N19 + N20,
  fwb: lone Yes,
  stt: lone Yes,
  vax: lone Yes,
  oas: one N0 + N1 + N2 + N3 + N4 + N5 + N6,
  gran4k: lone Yes,
  gran16k: lone Yes,
  gran64k: lone Yes,
  v3_1: lone Yes
}

/* The code of IDR5.OAS, CD.IPS and STE.S2PS. */
fun sizes: Number -> Size {
  N0->B32 + N1->B36 + N2->B40 + N3->B42 + N4->B44 + N5->B48 + N6->B52 + N7->B52
}

fun oas: Size { Smmu.oas.sizes }

/* Intermediate addresses: AArch32 tables need 40 bits. */
fun ias: Size {
  Smmu.ttf = N1 => B40 else (Smmu.ttf = N3 and lt[oas, B40]) => B40 else oas
}

/* The size that an IPS or S2PS code comes to: no more than OAS, and no more than 48 bits in v3.0. A-CDV-12, A-STE-20. */
fun effective [code: Number]: Size {
  let size = (no Smmu.v3_1 and gt[code, N5]) => B48 else code.sizes | lt[size, oas] => size else oas
}

fun granules: set Granule {
  { g: K4 | some Smmu.gran4k } + { g: K16 | some Smmu.gran16k } + { g: K64 | some Smmu.gran64k }
}

pred aarch32 { Smmu.ttf in N1 + N3 }
pred aarch64 { Smmu.ttf in N2 + N3 }

/* The byte order is excluded: TTENDIAN 10 has little-endian alone, 11 big-endian alone. */
pred excludes [bigEndian: set Yes] { Smmu.ttendian = (some bigEndian => N2 else N3) }

/* Companion: an SMMU with everything that is here, and one with hardly anything. */
pred everything {
  some Smmu.s1p and some Smmu.s2p and some Smmu.hyp and some Smmu.ats and some Smmu.stt and granules = Granule
}
run everything for 1 but 0 int expect 1

pred hardlyAnything { no Smmu.s2p and no Smmu.stt and granules = K4 and Smmu.oas = N0 }
run hardlyAnything for 1 but 0 int expect 1

/* An effective size is never larger than OAS, and with AArch64 tables an intermediate address never smaller than an output one. */
assert effectiveSizeFitsOas { all code: sizes.Size | lte[effective[code], oas] and (aarch64 implies lte[oas, ias]) }
check effectiveSizeFitsOas for 1 but 0 int expect 0
