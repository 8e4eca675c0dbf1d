namespace EdgeProxy.Host.Fleet;

/// <summary>The result of an operation of the store.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="IsKnown">False if the operation failed.</param>
/// <param name="Value">The result; the default if it failed.</param>
/// <param name="Problem">The reason of the failure; null if it succeeded.</param>
internal readonly record struct StoreResult<T>(bool IsKnown, T Value, string? Problem = null);
