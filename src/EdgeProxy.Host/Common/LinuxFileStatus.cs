using System.Runtime.InteropServices;

namespace EdgeProxy.Host.Common;

/// <summary>
/// Reads the status of files on Linux by <c>statx</c>, whose structure is the same on every architecture and in every C
/// library.
/// </summary>
internal static partial class LinuxFileStatus
{
    private const int CurrentDirectory = -100;
    private const uint BasicStatus = 0x7ff;
    private const int StructureLength = 256;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    // EPERM and ENOSYS, which only filters of system calls return: container runtimes that are older than this call.
    private const int NotPermitted = 1;
    private const int NotImplemented = 38;

    private static volatile bool _isUnavailable = !OperatingSystem.IsLinux();

    /// <summary>The effective user of this process; null on other systems.</summary>
    public static uint? CurrentUser => OperatingSystem.IsLinux() ? EffectiveUser() : null;

    /// <summary>Reads the stamp of a path's target; the default if there is none.</summary>
    /// <returns>False if the system lacks this call, or forbids it.</returns>
    public static bool TryStamp(string path, out FileStamp stamp)
    {
        Span<byte> status = stackalloc byte[StructureLength];
        var isKnown = TryRead(path, status, out var exists);
        stamp = exists ? StampOf(status) : default;
        return isKnown;
    }

    /// <summary>Reads owner, type and permissions of a path's target; null if there is none, or the system does not tell.</summary>
    public static FileOwnership? OwnershipOf(string path)
    {
        Span<byte> status = stackalloc byte[StructureLength];
        return TryRead(path, status, out var exists) && exists
            ? new FileOwnership(MemoryMarshal.Read<uint>(status[20..]), MemoryMarshal.Read<uint>(status[24..]), MemoryMarshal.Read<ushort>(status[28..]))
            : null;
    }

    private static bool TryRead(string path, Span<byte> status, out bool exists)
    {
        exists = false;
        if (_isUnavailable)
        {
            return false;
        }

        status.Clear();
        try
        {
            exists = Status(CurrentDirectory, path, 0, BasicStatus, ref MemoryMarshal.GetReference(status)) == 0;
            return exists || Marshal.GetLastPInvokeError() is not (NotPermitted or NotImplemented);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            _isUnavailable = true;
            return false;
        }
    }

    private static FileStamp StampOf(ReadOnlySpan<byte> status) => new(
        Exists: true,
        IsRegular: (MemoryMarshal.Read<ushort>(status[28..]) & TypeMask) == RegularType,
        Written: DateTimeOffset.UnixEpoch.Ticks + (Nanoseconds(status[112..]) / 100),
        Length: MemoryMarshal.Read<long>(status[40..]),
        Changed: Nanoseconds(status[96..]),
        Node: MemoryMarshal.Read<ulong>(status[32..]),
        Device: MemoryMarshal.Read<ulong>(status[136..]));

    private static long Nanoseconds(ReadOnlySpan<byte> time) =>
        unchecked((MemoryMarshal.Read<long>(time) * NanosecondsPerSecond) + MemoryMarshal.Read<uint>(time[8..]));

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(int directory, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();
}
