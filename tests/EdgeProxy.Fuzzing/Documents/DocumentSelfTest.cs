using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Fuzzing.Documents;

/// <summary>The processing of a received document, with bounds on its cost.</summary>
internal static class DocumentSelfTest
{
    // A good document of this size takes a millisecond; the bounds in steps are the Engine's own. Generous, for machines that are busy.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    // What compiling a document allocates is in proportion to it; this much is for programs of regular expressions, which have a bound of their own.
    private const long MaxBytes = 128L * 1024 * 1024;
    private const long MaxBytesPerByte = 200;

    /// <summary>Tries a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="outcome">The outcome.</param>
    /// <returns>The problem; null if there is none.</returns>
    public static string? Try(byte[] document, out DocumentOutcome outcome)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = TimeProvider.System.GetTimestamp();
        var accepted = false;
        try
        {
            DocumentDigest.Of(document);
            var (snapshot, _) = EnvironmentCompiler.Compile(document);
            accepted = true;
            snapshot.SelfTest();
        }
        catch (EnvironmentDocumentException) when (!accepted)
        {
            // Refused, as it may be.
        }
        catch (Exception exception)
        {
            outcome = default;
            return $"{(accepted ? "trying it out" : "compiling")} throws {exception}";
        }

        outcome = new DocumentOutcome(accepted, TimeProvider.System.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - allocated);
        return outcome.Time > MaxTime ? $"it took {outcome.Time.TotalSeconds:F1} s"
            : outcome.AllocatedBytes > MaxBytes + (MaxBytesPerByte * document.Length) ? $"it allocated {outcome.AllocatedBytes} bytes for {document.Length}"
            : null;
    }
}
