namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Thrown if <c>edge-proxy compare</c> cannot compare; the message is for its user.</summary>
/// <param name="message">The reason.</param>
/// <param name="cause">The cause, if there is one.</param>
internal sealed class CompareException(string message, Exception? cause = null) : Exception(message, cause);
