using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>docs/spec/fleet.md 2.2: documents in the store.</summary>
public sealed class SealedEnvironmentTests
{
    private static readonly byte[] Document = Encoding.UTF8.GetBytes("""{"some":"document"}""");
    private static readonly FetchConditions Conditions = new("Sun, 01 Nov 2026 12:00:00 GMT", "\"tag\"");
    private static readonly FleetVersion Version = new(DocumentPosition.RevisionOf(Document), 5, Epoch: 6, Sequence: 7, GivenUp: 8);

    private readonly SealedEnvironment _environment = new("ser.key");

    [Fact]
    public void Open_Unchanged_DocumentAndValidators()
    {
        var opened = new SealedEnvironment("ser.key").TryDecrypt(Version, _environment.Encrypt(Version, Document, Conditions), 1000);

        Assert.Equal(Document, opened!.Content);
        Assert.Equal(Conditions, opened.Conditions);
    }

    [Fact]
    public void Id_TwoKeys_DifferentAndWithoutTheKey()
    {
        Assert.Equal(32, _environment.Id.Length);
        Assert.Equal(_environment.Id, new SealedEnvironment("ser.key").Id);
        Assert.NotEqual(_environment.Id, new SealedEnvironment("ser.other").Id);
    }

    [Fact]
    public void Open_OtherKey_Nothing() =>
        Assert.Null(new SealedEnvironment("ser.other").TryDecrypt(Version, _environment.Encrypt(Version, Document, Conditions), 1000));

    [Fact]
    public void Open_OtherVersion_Nothing()
    {
        var payload = _environment.Encrypt(Version, Document, Conditions);
        FleetVersion[] others =
            [Version with { Revision = "other" }, Version with { UpdatedAt = 6 }, Version with { Epoch = 7 }, Version with { Sequence = 8 }, Version with { GivenUp = null }];

        Assert.All(others, other => Assert.Null(_environment.TryDecrypt(other, payload, 1000)));
    }

    [Fact]
    public void Open_ChangedAnywhereOrCutOff_Nothing()
    {
        var payload = _environment.Encrypt(Version, Document, Conditions);
        for (var i = 0; i < payload.Length; i++)
        {
            var changed = payload.ToArray();
            changed[i] ^= 1;
            Assert.Null(_environment.TryDecrypt(Version, changed, 1000));
            Assert.Null(_environment.TryDecrypt(Version, payload[..i], 1000));
        }
    }

    [Fact]
    public void Open_LargerThanAllowed_Nothing() =>
        Assert.Null(_environment.TryDecrypt(Version, _environment.Encrypt(Version, Document, Conditions), Document.Length - 1));

    [Fact]
    public void Open_DocumentOfAnotherRevision_Nothing()
    {
        var other = Version with { Revision = "ffff" };

        Assert.Null(_environment.TryDecrypt(other, _environment.Encrypt(other, Document, Conditions), 1000));
    }
}
