using System.Globalization;

namespace EdgeProxy.Host.Common;

/// <summary>Owner, type and permissions of a file or directory on Linux.</summary>
/// <param name="User">The number of the owner.</param>
/// <param name="Group">The number of the group.</param>
/// <param name="Mode">Type and permissions, as <c>stat</c> has them.</param>
internal readonly record struct FileOwnership(uint User, uint Group, ushort Mode)
{
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;
    private const int PermissionBits = 9;

    /// <summary>Indicates whether it is a Unix socket.</summary>
    public bool IsSocket => (Mode & TypeMask) == SocketType;

    /// <summary>The permissions of owner, group and others, as <c>ls -l</c> shows them: <c>rwxr-x---</c>.</summary>
    public string Permissions => string.Create(PermissionBits, Mode, static (text, mode) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = ((mode >> (PermissionBits - 1 - i)) & 1) == 1 ? "rwx"[i % 3] : '-';
        }
    });

    /// <summary>Describes owner, group and permissions.</summary>
    public string Describe() => $"owner {UserName(User)}, group {NameOf("/etc/group", Group)}, permissions {Permissions}";

    /// <summary>Formats a user: the name and the number, or the number alone if it has no name here.</summary>
    public static string UserName(uint user) => NameOf("/etc/passwd", user);

    private static string NameOf(string accounts, uint id)
    {
        var number = id.ToString(CultureInfo.InvariantCulture);
        try
        {
            foreach (var line in File.ReadLines(accounts))
            {
                if (line.Split(':') is [var name, _, var known, ..] && known == number)
                {
                    return $"{name} ({number})";
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An image without accounts: the number has to do.
        }

        return number;
    }
}
