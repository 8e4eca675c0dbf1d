using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests.Reference;

public sealed class EngineCaseReaderTests
{
    [Fact]
    public void Read_EmptyObject_IsAnEmptyCase()
    {
        var engineCase = EngineCaseReader.Read("empty", "{}");

        Assert.Equal("empty", engineCase.Name);
        Assert.Equal("", engineCase.Model.Key);
        Assert.Empty(engineCase.Model.Features);
        Assert.Empty(engineCase.Model.Segments);
        Assert.Null(engineCase.Identity);
        Assert.Empty(engineCase.Flags);
        Assert.Empty(engineCase.Segments);
    }

    [Fact]
    public void Read_NullsEverywhere_CountAsMissing()
    {
        var engineCase = EngineCaseReader.Read(
            "nulls",
            """
            {"context": {"environment": null, "identity": {"identifier": "a", "key": null, "traits": null},
             "features": {"f": {"name": null, "value": null, "variants": null, "metadata": null}},
             "segments": {"1": {"rules": [{"type": "ALL", "conditions": null, "rules": null}], "overrides": null}}},
             "result": {"flags": null, "segments": null}}
            """);

        var feature = Assert.Single(engineCase.Model.Features);
        Assert.Equal("f", feature.Name);
        Assert.Equal(ScalarValue.Null, feature.Value);
        Assert.Null(feature.Metadata);
        Assert.Empty(feature.Variants);
        Assert.Equal("1", Assert.Single(engineCase.Model.Segments).Key);
        Assert.Null(engineCase.Identity!.Key);
        Assert.Empty(engineCase.Identity.Traits);
    }

    [Fact]
    public void Read_InfinitePriority_TheStrongest()
    {
        var engineCase = EngineCaseReader.Read(
            "infinite", """{"context": {"segments": {"1": {"overrides": [{"name": "f", "value": "-Infinity", "priority": -Infinity}]}}}}""");

        var item = Assert.Single(Assert.Single(engineCase.Model.Segments).Overrides);
        Assert.Equal(double.NegativeInfinity, item.Priority);
        Assert.Equal("-Infinity", item.State.Value.Text);
    }

    [Fact]
    public void Read_CommentsAndTrailingCommas_AreAllowed()
    {
        var engineCase = EngineCaseReader.Read(
            "comments",
            """
            // before
            {
              /* Given: nothing */ "context": { "environment": { "key": "k", "name": "n", }, },
            }
            """);

        Assert.Equal("k", engineCase.Model.Key);
        Assert.Equal("n", engineCase.Model.Name);
    }

    [Fact]
    public void Read_Numbers_KeepTheirSpelling()
    {
        var engineCase = EngineCaseReader.Read(
            "numbers",
            """
            {"context": {"identity": {"identifier": "a", "traits": {"big": 123456789012345678901234567890, "spelled": 1.50, "exponent": 1e3}},
             "features": {"f": {"value": -0, "variants": [{"weight": 33.30, "priority": 340282366920938463463374607431768211455}]}}},
             "result": {"flags": {"f": {"value": 1.0}}}}
            """);

        var traits = engineCase.Identity!.Traits;
        Assert.Equal("123456789012345678901234567890", traits["big"].Text);
        Assert.Equal(ScalarKind.Integer, traits["big"].Kind);
        Assert.Equal("1.50", traits["spelled"].Text);
        Assert.Equal(ScalarKind.Double, traits["exponent"].Kind);
        var feature = Assert.Single(engineCase.Model.Features);
        Assert.Equal("-0", feature.Value.Text);
        var variant = Assert.Single(feature.Variants);
        Assert.Equal("33.30", variant.Weight.Text);
        Assert.Equal(UInt128.MaxValue, (UInt128)variant.Priority!.Value);
        Assert.Equal("1.0", Assert.Single(engineCase.Flags).Value.Text);
    }

    [Fact]
    public void Read_ConditionValues_AreTextNullOrList()
    {
        var engineCase = EngineCaseReader.Read(
            "conditions",
            """
            {"context": {"segments": {"1": {"rules": [{"type": "ANY", "conditions": [
              {"property": "a", "operator": "EQUAL", "value": "text"},
              {"property": "b", "operator": "EQUAL", "value": null},
              {"operator": "IS_SET"},
              {"property": "c", "operator": "IN", "value": ["x", 1, -0, 1.50, true, null, ["no"], {"no": 1}]}]}]}}}}
            """);

        var conditions = engineCase.Model.Segments[0].Rules[0].Conditions;
        Assert.Equal("text", conditions[0].Value);
        Assert.Null(conditions[1].Value);
        Assert.Null(conditions[2].Value);
        Assert.Equal("", conditions[2].Property);
        Assert.Null(conditions[3].Value);
        Assert.Equal(["x", "1", "0", "1.5", "True", "None"], conditions[3].Values);
    }

    [Fact]
    public void Read_ArraysInPlaceOfKeyedObjects_AreRead()
    {
        var engineCase = EngineCaseReader.Read(
            "arrays",
            """
            {"context": {"features": [{"name": "f"}], "segments": [{"key": "1", "name": "s"}]},
             "result": {"flags": [{"name": "f"}], "segments": [{"name": "s"}]}}
            """);

        Assert.Equal("f", Assert.Single(engineCase.Model.Features).Name);
        Assert.Equal("s", Assert.Single(engineCase.Model.Segments).Name);
        Assert.Equal("f", Assert.Single(engineCase.Flags).Name);
        Assert.Equal("s", Assert.Single(engineCase.Segments).Name);
    }

    [Fact]
    public void Read_Metadata_OutlivesTheDocument()
    {
        var engineCase = EngineCaseReader.Read(
            "metadata",
            """
            {"context": {"features": {"f": {"metadata": {"id": 1}}},
             "segments": {"1": {"metadata": {"id": 2}, "overrides": [{"name": "f", "priority": 1.5, "metadata": {"id": 3}}]}}},
             "result": {"flags": {"f": {"metadata": {"id": 4}}}, "segments": [{"name": "s", "metadata": {"id": 5}}]}}
            """);

        var segment = engineCase.Model.Segments[0];
        Assert.Equal(1, Id(engineCase.Model.Features[0].Metadata));
        Assert.Equal(2, Id(segment.Metadata));
        Assert.Equal(3, Id(segment.Overrides[0].State.Metadata));
        Assert.Equal(1.5, segment.Overrides[0].Priority);
        Assert.Equal(4, Id(engineCase.Flags[0].Metadata));
        Assert.Equal(5, Id(engineCase.Segments[0].Metadata));
    }

    [Fact]
    public void Find_NothingConfigured_WalksUp()
    {
        var root = Directory.CreateTempSubdirectory("engine-cases-");
        try
        {
            var data = root.CreateSubdirectory("shared").CreateSubdirectory("engine-test-data");
            var deep = root.CreateSubdirectory("project").CreateSubdirectory("bin");

            Assert.Equal(data.FullName, EngineTestData.Find(null, deep.FullName));
            Assert.Equal(data.FullName, EngineTestData.Find("", deep.FullName));
            Assert.Equal(root.FullName, EngineTestData.Find(root.FullName, deep.FullName));
            Assert.Null(EngineTestData.Find(Path.Combine(root.FullName, "missing"), deep.FullName));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static int Id(object? metadata) => Assert.IsType<JsonElement>(metadata).GetProperty("id").GetInt32();
}
