using EdgeProxy.Host.Commands.Checks;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <summary>Whose the snapshot directory may be.</summary>
public sealed class DirectoryCheckTests
{
    private const uint User = 64_001;
    private const uint Other = 64_002;

    [Theory]
    [InlineData(User, null)]
    [InlineData(0u, null)]
    [InlineData(Other, "its owner 64002")]
    public void FindStranger_Owner_NeitherTheUserNorRoot(uint owner, string? expected) =>
        Assert.Equal(expected, DirectoryCheck.FindStranger(new FileOwnership(owner, owner, 0b111_000_000), User));

    [Fact]
    public void FindStranger_OwnerUnknown_None() => Assert.Null(DirectoryCheck.FindStranger(ownership: null, User));
}
