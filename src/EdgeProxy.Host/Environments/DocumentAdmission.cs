using System.Globalization;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// The checks of a document before it is served: it is compared with the current one, read, compiled,
/// checked against limits, and tested with a few identities. Takes long: not for threads that serve requests.
/// </summary>
internal sealed partial class DocumentAdmission
{
    private const double BytesPerMegabyte = 1_000_000;

    // More than any document was found to need.
    private const int MaxBytesPerByte = 20;

    private readonly DocumentOptions _options;
    private readonly MemoryLimit _memory;
    private readonly TimeProvider _time;
    private readonly ILogger<DocumentAdmission> _logger;

    public DocumentAdmission(DocumentOptions options, MemoryLimit memory, TimeProvider time, ILogger<DocumentAdmission> logger)
    {
        _options = options;
        _memory = memory;
        _time = time;
        _logger = logger;
    }

    /// <summary>Compiles a document; replaced by tests.</summary>
    public Func<ReadOnlyMemory<byte>, FlagDetails, CompilationResult> Compile { get; init; } = EnvironmentCompiler.Compile;

    /// <summary>Checks and compiles a document.</summary>
    /// <param name="document">JSON in UTF-8.</param>
    /// <param name="current">The current version; null if there is none.</param>
    /// <param name="environment">The environment, for the log; null if there is no log.</param>
    /// <exception cref="EnvironmentDocumentException">The document is rejected; the message says why.</exception>
    public Admission Admit(byte[] document, PublishedEnvironment? current, EnvironmentLabel? environment = null)
    {
        try
        {
            return Check(document, current, environment);
        }
        catch (OutOfMemoryException exception)
        {
            // Whichever step it was: what it allocated is garbage now, and the current version goes on.
            throw new EnvironmentDocumentException(
                $"Compiling it needs more memory than is left of the {_memory.Bytes / BytesPerMegabyte:0} MB that the process may use ({_memory.Name}). Raise that limit, or make the document smaller.", exception);
        }
    }

    private Admission Check(byte[] document, PublishedEnvironment? current, EnvironmentLabel? environment)
    {
        var digest = current is null || HasChanged(document, current) ? null : DocumentDigest.Of(document);
        if (digest is not null && TryAdmitAsSame(document, digest.Value, current!) is { } same)
        {
            return same;
        }

        CheckMemory(document);
        var (snapshot, problems) = Guard(document, environment, input => Compile(input, _options.FlagDetails));
        if (current is not null && _options.MaxFeaturesLostPercent is { } most)
        {
            CheckLoss(current.Snapshot.CountFeaturesMissingIn(snapshot), current.Snapshot.FeatureCount, most);
        }

        Guard(snapshot, environment, static snapshot =>
        {
            snapshot.SelfTest();
            return true;
        });
        var published = new PublishedEnvironment(document, snapshot, _time.GetUtcNow(), digest);
        if (current is not null)
        {
            published.PrepareLike(current);
        }

        return new Admission(published, PublishOutcome.Published, problems);
    }

    /// <summary>Determines, at little cost, whether a document surely has other content than the current one.</summary>
    private static bool HasChanged(byte[] document, PublishedEnvironment current) =>
        DocumentSketch.Of(document) is { } sketch && current.Document.Sketch is { } other && sketch != other;

    /// <summary>Accepts a document that is equivalent to the current one without compiling it; null if it is not.</summary>
    private Admission? TryAdmitAsSame(byte[] document, DocumentDigest digest, PublishedEnvironment current)
    {
        if (digest.Content != current.Document.Digest?.Content)
        {
            return null;
        }

        if (digest.UpdatedAt == current.Document.UpdatedAt)
        {
            return new Admission(current, PublishOutcome.Unchanged, []);
        }

        var published = current.With(new PublishedDocument(document, digest.UpdatedAt, _time.GetUtcNow(), digest));
        published.PrepareLike(current);
        return new Admission(published, PublishOutcome.Equivalent, []);
    }

    /// <summary>Rejects a document that cannot fit before it takes the memory that others need. Reads it only if there is doubt.</summary>
    private void CheckMemory(byte[] document)
    {
        var available = _memory.Available();
        if (document.Length <= available / MaxBytesPerByte)
        {
            return;
        }

        var needed = DocumentCost.MinBytes(document);
        if (needed - document.Length > available) // it is in memory already
        {
            throw new EnvironmentDocumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"It has {document.Length / BytesPerMegabyte:0.0} MB and needs at least {needed / BytesPerMegabyte:0} MB to be compiled, but only {Math.Max(0, available) / BytesPerMegabyte:0} MB are left of the {_memory.Bytes / BytesPerMegabyte:0} MB that the process may use ({_memory.Name}). Raise that limit, or make the document smaller."));
        }
    }

    private static void CheckLoss(int lost, int served, int maxPercent)
    {
        if (lost * 100L > served * (long)maxPercent)
        {
            throw new EnvironmentDocumentException(
                $"It lacks {lost} of the {served} features that are served, more than limits.max_features_lost_percent ({maxPercent}) allows.");
        }
    }

    /// <summary>Any failure rejects the document; unexpected ones are logged in full.</summary>
    private TResult Guard<T, TResult>(T subject, EnvironmentLabel? environment, Func<T, TResult> step)
    {
        try
        {
            return step(subject);
        }
        catch (Exception exception) when (exception is not (EnvironmentDocumentException or OutOfMemoryException))
        {
            Log.Unexpected(_logger, environment, exception);
            throw new EnvironmentDocumentException("It could not be compiled because of an unexpected error.", exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.AdmissionFailed, LogLevel.Error,
            "Environment {Environment}: its new document could not be compiled because of a defect in the proxy; it is rejected. Please report this with the exception")]
        public static partial void Unexpected(ILogger logger, EnvironmentLabel? environment, Exception exception);
    }
}
