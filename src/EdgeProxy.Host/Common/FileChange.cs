namespace EdgeProxy.Host.Common;

/// <summary>A change of watched files.</summary>
/// <param name="Content">The new content; null if it could not be read.</param>
/// <param name="Failure">The reason why it could not be read, in words.</param>
internal sealed record FileChange<T>(T? Content, string? Failure)
    where T : class;
