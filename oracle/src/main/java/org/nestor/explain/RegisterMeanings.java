package org.nestor.explain;

import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** The fields of the registers in words. */
final class RegisterMeanings {

    private static final Meanings ID = Meanings.table("""
            S2P: no stage 2; stage 2
            S1P: no stage 1; stage 1
            TTF: reserved; AArch32 tables; AArch64 tables; AArch32 and AArch64 tables
            COHACC: accesses not coherent; coherent accesses
            BTM: no broadcast TLB maintenance; broadcast TLB maintenance
            HTTU: no hardware updates; Access flag; Access flag and dirty state; reserved before SMMUv3.4
            DORMHINT: no dormant hint; dormant hint
            HYP: no EL2 StreamWorld; EL2 StreamWorld
            ATS: no PCIe ATS; PCIe ATS
            NS1ATS: split-stage ATS supported; split-stage ATS not supported
            ASID16: 8-bit ASIDs; 16-bit ASIDs
            MSI: no MSIs; MSIs
            SEV: no events to PEs; events to PEs
            ATOS: no address translation operations; address translation operations
            PRI: no page requests; page requests
            VMW: VMIDs match exactly; VMID wildcards
            VMID16: 8-bit VMIDs; 16-bit VMIDs
            CD2L: linear CD tables; linear and 2-level CD tables
            VATOS: no virtual ATOS page; virtual ATOS page
            TTENDIAN: little- and big-endian tables; reserved; little-endian tables; big-endian tables
            ATSRECERR: errors of ATS requests not recorded; errors of ATS requests can be recorded
            STALL_MODEL: stall and terminate; terminate only; stall only; reserved
            TERM_MODEL: CD.A selects abort or RAZ/WI; always abort
            ST_LEVEL: linear stream table; linear and 2-level stream tables; reserved
            RME_IMPL: no RME; RME
            SIDSIZE: @DECIMAL
            SSIDSIZE: @DECIMAL
            PRIQS, EVENTQS, CMDQS: @LOG2
            ATTR_PERMS_OVR: PnU and InD as incoming; PnU and InD can be overridden
            ATTR_TYPES_OVR: memory attributes as incoming; memory attributes can be overridden
            QUEUES_PRESET: queue bases programmable; queue bases fixed
            TABLES_PRESET: stream table base programmable; stream table base fixed
            ECMDQ: no enhanced command queues; enhanced command queues
            HAD: hierarchical permissions always apply; hierarchical permissions can be disabled
            XNX: stage 2 execute-never for all; stage 2 execute-never by privilege
            PPS: PPAR applies; PPAR ignored
            FWB: no stage 2 forced write-back; stage 2 forced write-back
            STT: TxSZ at most 39; small translation tables
            RIL: no range invalidation; range invalidation and level hint
            BBML: break-before-make level 0; break-before-make level 1; break-before-make level 2; reserved
            E0PD: no E0PD; E0PD
            PTWNNC: walks through Device as Device; walks through Device as Normal NC
            DPT: no device permission table; device permission table
            MPAM: no MPAM; MPAM
            PBHA: no page-based hardware attributes; page-based hardware attributes
            OAS: @ADDRESS_SIZE
            GRAN4K: no 4 KiB granule; 4 KiB granule
            GRAN16K: no 16 KiB granule; 16 KiB granule
            GRAN64K: no 64 KiB granule; 64 KiB granule
            VAX: 48-bit VAs; 52-bit VAs; reserved before SMMUv3.4; reserved
            STALL_MAX: @DECIMAL
            ArchMinorRev: SMMUv3.0; SMMUv3.1; SMMUv3.2; SMMUv3.3; SMMUv3.4; reserved
            """);

    private static final Meanings CONTROL = Meanings.table("""
            SMMUEN: GBPA decides; streams are translated
            PRIQEN, EVENTQEN, CMDQEN: queue disabled; queue enabled
            ATSCHK: translated transactions pass; translated transactions are checked
            VMW: VMIDs match exactly; bit 0 ignored; bits [1:0] ignored; bits [2:0] ignored; bits [3:0] ignored; \
            reserved, as 0
            QUEUE_IC, QUEUE_OC, TABLE_IC, TABLE_OC: @QUEUE_CACHEABILITY
            QUEUE_SH, TABLE_SH, SH: @SHAREABILITY
            E2H: EL2 streams are EL2; EL2 streams are EL2-E2H
            RECINVSID: C_BAD_STREAMID not recorded; C_BAD_STREAMID recorded
            PTM: broadcast TLB maintenance obeyed; broadcast TLB maintenance need not be obeyed
            REC_CFG_ATS: errors of ATS requests not recorded; errors of ATS requests recorded
            MemAttr: @MEM_ATTR
            MTCFG: type as incoming; type from MemAttr
            ALLOCCFG: @ALLOCCFG
            SHCFG: @SHCFG
            PRIVCFG: as incoming; reserved, as incoming; unprivileged; privileged
            INSTCFG: as incoming; reserved, as incoming; data; instruction
            ABORT: transactions bypass; transactions abort
            Update: update complete; update requested or in progress
            GERROR_IRQEN, PRIQ_IRQEN, EVENTQ_IRQEN: interrupt disabled; interrupt enabled
            ADDR: @address address
            FMT: linear; 2-level; reserved, as linear
            WR, RD: index and wrap bit
            ERR: CERROR_NONE; CERROR_ILL; CERROR_ABT; CERROR_ATC_INV_SYNC; reserved
            LO: every request interrupts; only last requests interrupt
            """)
            .with(
                    "SPLIT",
                    split -> split == 6 || split == 8 || split == 10
                            ? "leaf tables of 2^" + split + " STEs"
                            : "reserved, as 6");

    private RegisterMeanings() {}

    /** The meanings under these ID registers, which limit the sizes of tables and queues. */
    static Meanings of(Register register, IdRegisters id) {
        return switch (register) {
            case IDR0, IDR1, IDR2, IDR3, IDR4, IDR5, IIDR, AIDR, IDR6 -> ID;
            case STRTAB_BASE_CFG ->
                CONTROL.with("LOG2SIZE", bits -> bits + "-bit StreamIDs" + limit(bits, id.sidSize()));
            case CMDQ_BASE -> queue(id.cmdqs());
            case EVENTQ_BASE -> queue(id.eventqs());
            case PRIQ_BASE -> queue(id.priqs());
            default -> CONTROL;
        };
    }

    private static Meanings queue(int largest) {
        return CONTROL.with("LOG2SIZE", log2 -> "2^" + log2 + " entries" + limit(log2, largest));
    }

    private static String limit(long log2, int largest) {
        return log2 > largest ? ", acts as " + largest : "";
    }
}
