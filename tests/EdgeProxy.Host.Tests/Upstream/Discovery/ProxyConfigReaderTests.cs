using System.Text;
using EdgeProxy.Host.Upstream.Discovery;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Tests.Upstream.Discovery;

/// <summary>Proxy configs as no upstream should send them.</summary>
public sealed class ProxyConfigReaderTests
{
    private const string Good = """{"client_side_key":"good","server_side_keys":[{"key":"ser.good","active":true,"expires_at":null}]}""";

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[")]
    [InlineData("[] []")]
    [InlineData("<html>")]
    [InlineData("""{"results":[]}""")]
    [InlineData("\uFEFF[]")]
    public void Read_NoArray_Refused(string config)
    {
        Assert.Throws<UpstreamException>(() => Read(config));
    }

    [Fact]
    public void Read_TooDeep_Refused()
    {
        Assert.Throws<UpstreamException>(() => Read(new string('[', 1000) + new string(']', 1000)));
    }

    [Fact]
    public void Read_EverythingThere_Taken()
    {
        var config = Read(
            """
            [{"client_side_key":"a","server_side_keys":[
                {"key":"ser.one","active":true,"expires_at":null},
                {"key":"ser.two","active":true,"expires_at":"2026-11-22T12:00:00Z"},
                {"key":"ser.three","active":true},
                {"key":"ser.four","active":false,"expires_at":null}],
              "id":1,"name":"Name","updated_at":"2026-11-01T12:00:00Z","project_id":1,"organisation_id":1,"unknown":{"a":[1]}}]
            """);

        var environment = Assert.Single(config.Environments);
        Assert.Equal(("a", "Name"), (environment.ClientSideKey, environment.Name));
        Assert.Equal(["ser.one", "ser.two", "ser.three"], environment.ServerSideKeys.Select(static key => key.Key));
        Assert.Equal([null, new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), null], environment.ServerSideKeys.Select(static key => key.ExpiresAt));
        Assert.Equal(["a", "ser.one", "ser.two", "ser.three", "ser.four"], environment.AllKeys);
        Assert.Empty(config.Problems);
    }

    [Theory]
    [InlineData("null", "$[0]")]
    [InlineData("5", "$[0]")]
    [InlineData("[]", "$[0]")]
    [InlineData("{}", "$[0].client_side_key")]
    [InlineData("""{"client_side_key":null,"server_side_keys":[]}""", "$[0].client_side_key")]
    [InlineData("""{"client_side_key":5,"server_side_keys":[]}""", "$[0].client_side_key")]
    [InlineData("""{"client_side_key":"","server_side_keys":[]}""", "$[0].client_side_key")]
    [InlineData("""{"client_side_key":"a b","server_side_keys":[]}""", "$[0].client_side_key")]
    [InlineData("""{"client_side_key":"a\r\nX: y","server_side_keys":[]}""", "$[0].client_side_key")]
    [InlineData("""{"client_side_key":"é","server_side_keys":[]}""", "$[0].client_side_key")]
    [InlineData("""{"client_side_key":"\ud800","server_side_keys":[]}""", "$[0]")]
    [InlineData("""{"client_side_key":"a","server_side_keys":[],"\ud800":1}""", null)]
    [InlineData("""{"client_side_key":"a"}""", "$[0].server_side_keys")]
    [InlineData("""{"client_side_key":"a","server_side_keys":null}""", "$[0].server_side_keys")]
    [InlineData("""{"client_side_key":"a","server_side_keys":{"key":"ser.a"}}""", "$[0].server_side_keys")]
    public void Read_InvalidEntry_SaidWhereAndTheOthersCount(string entry, string? path)
    {
        var config = Read($"[{entry},{Good}]");

        Assert.Equal("good", config.Environments[^1].ClientSideKey);
        if (path is not null)
        {
            Assert.Single(config.Environments);
            Assert.Equal(path, Assert.Single(config.Problems).Path);
        }
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("\"ser.x\"", "")]
    [InlineData("{}", ".key")]
    [InlineData("""{"key":null,"active":true}""", ".key")]
    [InlineData("""{"key":"","active":true}""", ".key")]
    [InlineData("""{"key":"x","active":true}""", ".key")]
    [InlineData("""{"key":"SER.x","active":true}""", ".key")]
    [InlineData("""{"key":"ser.x\n","active":true}""", ".key")]
    [InlineData("""{"key":"ser.\udc00","active":true}""", "")]
    [InlineData("""{"key":"ser.x"}""", ".active")]
    [InlineData("""{"key":"ser.x","active":null}""", ".active")]
    [InlineData("""{"key":"ser.x","active":"true"}""", ".active")]
    [InlineData("""{"key":"ser.x","active":1}""", ".active")]
    [InlineData("""{"key":"ser.x","active":true,"expires_at":"soon"}""", ".expires_at")]
    [InlineData("""{"key":"ser.x","active":true,"expires_at":""}""", ".expires_at")]
    [InlineData("""{"key":"ser.x","active":true,"expires_at":1795435200}""", ".expires_at")]
    [InlineData("""{"key":"ser.x","active":true,"expires_at":false}""", ".expires_at")]
    [InlineData("""{"key":"ser.x","active":true,"expires_at":"22/11/2026"}""", ".expires_at")]
    [InlineData("""{"key":"ser.x","active":true,"expires_at":"2026-13-01T00:00:00Z"}""", ".expires_at")]
    [InlineData("""{"key":"ser.x","active":true,"expires_at":"0001-01-01T00:00:00+14:00"}""", ".expires_at")]
    [InlineData("""{"key":"good","active":true}""", ".key")]
    public void Read_InvalidKey_NotUsedAndTheOthersCount(string key, string path)
    {
        var config = Read($$"""[{"client_side_key":"good","server_side_keys":[{{key}},{"key":"ser.good","active":true}]}]""");

        Assert.Equal("ser.good", Assert.Single(Assert.Single(config.Environments).ServerSideKeys).Key);
        Assert.Equal($"$[0].server_side_keys[0]{path}", Assert.Single(config.Problems).Path);
    }

    [Theory]
    [InlineData("2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z")]
    [InlineData("2026-11-22T12:00:00", "2026-11-22T12:00:00Z")]
    [InlineData("2026-11-22T12:00:00.123456", "2026-11-22T12:00:00.123456Z")]
    [InlineData("2026-11-22T12:00:00.123456+00:00", "2026-11-22T12:00:00.123456Z")]
    [InlineData("2026-11-22T12:00:00+02:00", "2026-11-22T10:00:00Z")]
    [InlineData("2026-11-22T12:00:00-05:30", "2026-11-22T17:30:00Z")]
    [InlineData("2026-11-22T12:00Z", "2026-11-22T12:00:00Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00Z")]
    public void Read_EndOfAKey_InUtcWhereNoZoneIsGiven(string text, string expected)
    {
        var config = Read($$"""[{"client_side_key":"a","server_side_keys":[{"key":"ser.a","active":true,"expires_at":"{{text}}"}]}]""");

        Assert.Equal(DateTimeOffset.Parse(expected), Assert.Single(config.Environments[0].ServerSideKeys).ExpiresAt);
    }

    [Theory]
    [InlineData("""{"key":"ser.a","active":true},{"key":"ser.a","active":false}""", null)]
    [InlineData("""{"key":"ser.a","active":false},{"key":"ser.a","active":true}""", null)]
    [InlineData("""{"key":"ser.a","active":true},{"key":"ser.a","active":true,"expires_at":"2026-11-22"}""", "2026-11-22")]
    [InlineData("""{"key":"ser.a","active":true,"expires_at":"2026-11-22"},{"key":"ser.a","active":true}""", "2026-11-22")]
    [InlineData("""{"key":"ser.a","active":true,"expires_at":"2026-11-23"},{"key":"ser.a","active":true,"expires_at":"2026-11-22"}""", "2026-11-22")]
    public void Read_KeyListedTwice_AsLittleUsableAsEitherSays(string keys, string? end)
    {
        var config = Read($$"""[{"client_side_key":"a","server_side_keys":[{{keys}}]}]""");

        Assert.Equal(
            end is null ? [] : [new DateTimeOffset(DateTime.Parse(end), TimeSpan.Zero)],
            config.Environments[0].ServerSideKeys.Select(static key => key.ExpiresAt!.Value));
        Assert.Equal("$[0].server_side_keys[1].key", Assert.Single(config.Problems).Path);
    }

    [Fact]
    public void Read_ServerSideKeyIsTheClientSideKey_OnlyThat()
    {
        var config = Read("""[{"client_side_key":"ser.a","server_side_keys":[{"key":"ser.a","active":true},{"key":"ser.b","active":true}]}]""");

        Assert.Equal("ser.b", Assert.Single(config.Environments[0].ServerSideKeys).Key);
        Assert.Equal("$[0].server_side_keys[0].key", Assert.Single(config.Problems).Path);
    }

    [Fact]
    public void Read_BytesThatAreNoText_ThatEntryIsSkipped()
    {
        var bytes = Encoding.UTF8.GetBytes($$"""[{"client_side_key":"a?b","server_side_keys":[]},{{Good}}]""");
        bytes[Array.IndexOf(bytes, (byte)'?')] = 0xFF;

        var config = ProxyConfigReader.Read(bytes);

        Assert.Equal("good", Assert.Single(config.Environments).ClientSideKey);
        Assert.Equal("$[0]", Assert.Single(config.Problems).Path);
    }

    [Fact]
    public void Read_Problems_HoldNoKey()
    {
        var config = Read("""[{"client_side_key":"secret one"},{"client_side_key":"a","server_side_keys":[{"key":"secret"},{"key":"ser.secret"}]}]""");

        Assert.Equal(3, config.Problems.Count);
        Assert.DoesNotContain(config.Problems, static problem => problem.ToString().Contains("secret", StringComparison.Ordinal));
    }

    private static ProxyConfig Read(string config) => ProxyConfigReader.Read(Encoding.UTF8.GetBytes(config));
}
