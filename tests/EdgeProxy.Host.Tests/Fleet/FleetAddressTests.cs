using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>docs/spec/fleet.md 1.1: addresses of stores.</summary>
public sealed class FleetAddressTests
{
    [Fact]
    public void Parse_Everything_Parts()
    {
        var address = FleetAddress.Parse("rediss://us%40er:p%3Aa%2Fs@one:1234,two,[::1]:7/3?sentinel=the%20master")!;

        Assert.True(address.IsTls);
        Assert.Equal(("us@er", "p:a/s"), (address.User, address.Password));
        Assert.Equal(["one:1234", "two", "[::1]:7"], address.Hosts);
        Assert.Equal((3, "the master"), (address.Database!.Value, address.Sentinel));
        Assert.Equal("rediss://one:1234,two,[::1]:7/3?sentinel=the master", address.ToString());
    }

    [Fact]
    public void Parse_Shortest_Defaults()
    {
        var address = FleetAddress.Parse("redis://:secret@host")!;

        Assert.Equal((false, null, "secret", (int?)null, (string?)null), (address.IsTls, address.User, address.Password, address.Database, address.Sentinel));
        Assert.Equal(["host"], address.Hosts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("host:6379")]
    [InlineData("http://host")]
    [InlineData("redis://")]
    [InlineData("redis://host,,other")]
    [InlineData("redis://host:port")]
    [InlineData("redis://host/x")]
    [InlineData("redis://host/-1")]
    [InlineData("redis://host?sentinel=")]
    [InlineData("redis://host?other=1")]
    public void Parse_SomethingElse_Nothing(string text) => Assert.Null(FleetAddress.Parse(text));
}
