using System.Net.Sockets;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Common;

/// <summary>Owner, type and permissions of files.</summary>
public sealed class FileOwnershipTests
{
    [Theory]
    [InlineData(0b111_101_000, "rwxr-x---")]
    [InlineData(0b110_100_100, "rw-r--r--")]
    [InlineData(0b000_000_001, "--------x")]
    public void Permissions_Bits_AsLsShowsThem(int bits, string expected) => Assert.Equal(expected, new FileOwnership(1, 1, (ushort)bits).Permissions);

    [Fact]
    public void Describe_Numbers_NamesWhereTheMachineHasThem() =>
        Assert.EndsWith(", group 4123456789, permissions rwx------", new FileOwnership(0, 4_123_456_789, 0b111_000_000).Describe(), StringComparison.Ordinal);

    [Fact]
    public void OwnershipOf_FileAndSocket_OwnerAndType()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // elsewhere nothing is told
        }

        using var directory = new TemporaryDirectory();
        var file = directory.Combine("file");
        File.WriteAllText(file, "");
        File.SetUnixFileMode(file, (UnixFileMode)0b110_000_000);
        var path = directory.Combine("socket");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));

        Assert.Equal(LinuxFileStatus.CurrentUser, LinuxFileStatus.OwnershipOf(file)?.User);
        Assert.Equal("rw-------", LinuxFileStatus.OwnershipOf(file)?.Permissions);
        Assert.False(LinuxFileStatus.OwnershipOf(file)?.IsSocket);
        Assert.True(LinuxFileStatus.OwnershipOf(path)?.IsSocket);
        Assert.Null(LinuxFileStatus.OwnershipOf(directory.Combine("nothing")));
    }
}
