using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>docs/spec/fleet.md 6.1: identities in the store.</summary>
public sealed class SealedIdentitiesTests
{
    private readonly SealedIdentities _identities = new("ser.key");

    [Fact]
    public void DigestOf_Same_Same() => Assert.Equal(_identities.DigestOf("bob"u8, "traits"u8), new SealedIdentities("ser.key").DigestOf("bob"u8, "traits"u8));

    [Fact]
    public void DigestOf_OtherKey_NothingInCommon()
    {
        var (own, other) = (_identities.DigestOf("bob"u8, "traits"u8), new SealedIdentities("ser.other").DigestOf("bob"u8, "traits"u8));

        Assert.NotEqual(own.Identity, other.Identity);
        Assert.NotEqual(own.Traits, other.Traits);
    }

    /// <summary>An entry that is copied from one identity to another in the store is not valid there.</summary>
    [Fact]
    public void DigestOf_SameTraitsOfAnother_Different()
    {
        var (bob, eve) = (_identities.DigestOf("bob"u8, "traits"u8), _identities.DigestOf("eve"u8, "traits"u8));

        Assert.NotEqual(bob.Identity, eve.Identity);
        Assert.NotEqual(bob.Traits, eve.Traits);
        Assert.NotEqual(_identities.DigestOf("bo"u8, "btraits"u8).Traits, bob.Traits);
        Assert.NotEqual(_identities.DigestOf("bob"u8, "other"u8), bob);
    }
}
