using EdgeProxy.Host.Common;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Common;

public sealed class FileStampTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Path => _directory.Combine("file");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Of_NothingThere_Default() => Assert.Equal(default, FileStamp.Of(Path));

    [Fact]
    public async Task Of_UntouchedFile_TheSame()
    {
        await File.WriteAllTextAsync(Path, "text");

        Assert.Equal(FileStamp.Of(Path), FileStamp.Of(Path));
    }

    [Fact]
    public async Task Of_RegularFile_AsThePortableStampSays()
    {
        await File.WriteAllTextAsync(Path, "text");

        var (stamp, portable) = (FileStamp.Of(Path), FileStamp.Portable(Path));

        Assert.Equal((portable.Exists, portable.IsRegular, portable.Length), (stamp.Exists, stamp.IsRegular, stamp.Length));
        Assert.Equal(portable.Written, stamp.Written);
    }

    [Fact]
    public async Task Of_FileOfTheSameSizeAndTimeInItsPlace_Another()
    {
        await File.WriteAllTextAsync(Path, "one");
        await File.WriteAllTextAsync(Path + ".new", "two");
        File.SetLastWriteTimeUtc(Path, DateTime.UnixEpoch);
        File.SetLastWriteTimeUtc(Path + ".new", DateTime.UnixEpoch);
        var before = FileStamp.Of(Path);

        File.Move(Path + ".new", Path, overwrite: true);

        Assert.NotEqual(before, FileStamp.Of(Path));
    }

    [Fact]
    public async Task Of_LinkChanged_TheStampOfTheTarget()
    {
        await File.WriteAllTextAsync(_directory.Combine("one"), "one");
        await File.WriteAllTextAsync(_directory.Combine("two"), "two");
        File.CreateSymbolicLink(Path, _directory.Combine("one"));
        Assert.Equal(FileStamp.Of(_directory.Combine("one")), FileStamp.Of(Path));

        File.Delete(Path);
        File.CreateSymbolicLink(Path, _directory.Combine("two"));

        Assert.Equal(FileStamp.Of(_directory.Combine("two")), FileStamp.Of(Path));
    }

    [Fact]
    public async Task Of_PipeOrDirectory_NotRegular()
    {
        await NamedPipe.CreateAsync(Path);

        Assert.True(FileStamp.Of(Path) is { Exists: true, IsRegular: false });
        Assert.True(FileStamp.Of(_directory.Combine("")) is { Exists: true, IsRegular: false });
        Assert.True(FileStamp.Portable(_directory.Combine("")) is { Exists: true, IsRegular: false });
    }
}
