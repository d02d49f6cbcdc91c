package org.nestor.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.ObjectBuilder;
import org.nestor.smmu.register.Profile;

class ApiSessionTests {
    private final EmbeddedReference reference = ReferenceConfiguration.DEFAULT.create();

    private Reply ask(String op, ObjectBuilder members) {
        return reference.send(new Request.Api(op, members.build()));
    }

    private static ObjectBuilder device(long sid) {
        return new ObjectBuilder().text("device", "d").hex("sid", sid);
    }

    @ParameterizedTest
    @EnumSource
    void hostStartsUnderEveryProfile(Profile profile) {
        EmbeddedReference own = new ReferenceConfiguration(profile, Caching.INFINITE, 0).create();
        Reply reply = own.send(new Request.Api("host.device", device(3).build()));
        assertEquals(new Reply.Api("0", new Json.Obj(Map.of())), reply);
    }

    @Test
    void deviceOfAStreamThatIsNotThereIsRefusedAndNotMade() {
        assertEquals("ERANGE", ((Reply.Api) ask("host.device", device(0x1_0000))).errno());
        assertEquals("0", ((Reply.Api) ask("host.device", device(5))).errno());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iommu.attach | domain: expected the name of a domain that was made before, found \"x\"",
                "iommu.detach | domain: expected the name of a domain that was made before, found \"x\"",
                "iommu.faults | device: expected the name of a device that was made before, found \"x\"",
                "vfio.open | device: expected the name of a device that was made before, found \"x\""
            })
    void nameThatWasNotMadeIsABadRequest(String op, String message) {
        ObjectBuilder members = new ObjectBuilder().text("device", "x");
        Reply reply = ask(op, op.endsWith("tach") ? members.text("domain", "x") : members);
        assertEquals(new Reply.Failure(ErrorCode.BAD_REQUEST, message), reply);
    }

    @Test
    void membersAreCheckedBeforeAnythingHappens() {
        ObjectBuilder unknown = device(5).text("colour", "red");
        assertTrue(reference
                .objection(new Request.Api("host.device", unknown.build()))
                .isPresent());
        assertEquals(
                new Reply.Failure(ErrorCode.BAD_REQUEST, "unknown member \"colour\""), ask("host.device", unknown));
        assertEquals(
                new Reply.Failure(ErrorCode.BAD_REQUEST, "expected a member \"domain\""),
                ask("iommu.flushAll", new ObjectBuilder()));
    }

    @Test
    void callThatNeverEndsIsReportedAsHung() {
        ask(
                "host.start",
                new ObjectBuilder().text("granule", "16k").list("quirks", java.util.List.of("B-77"), Json.Text::new));
        ask("host.device", device(5));
        ask(
                "iommu.domainAlloc",
                new ObjectBuilder()
                        .text("domain", "vm")
                        .text("type", "unmanaged")
                        .flag("nesting", true));
        ObjectBuilder both = new ObjectBuilder().text("domain", "vm").text("device", "d");
        assertEquals("0", ((Reply.Api) ask("iommu.attach", both)).errno());
        ObjectBuilder info = new ObjectBuilder()
                .list("cache", java.util.List.of("iotlb"), Json.Text::new)
                .text("granularity", "addr")
                .list("flags", java.util.List.of("archid"), Json.Text::new)
                .count("archid", 5)
                .count("granuleSize", 4096)
                .count("nbGranules", 1);
        Reply reply = ask(
                "iommu.cacheInvalidate",
                new ObjectBuilder().text("domain", "vm").text("device", "d").put("info", info.build()));
        assertEquals(ErrorCode.HUNG, ((Reply.Failure) reply).code());
    }

    @Test
    void resetEndsTheHost() {
        ask("host.device", device(5));
        reference.send(new Request.Reset(Map.of()));
        assertEquals("0", ((Reply.Api) ask("host.device", device(5))).errno());
    }
}
