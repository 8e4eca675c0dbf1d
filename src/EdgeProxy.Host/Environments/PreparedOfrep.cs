using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// Prepares a version of an environment for OFREP when it is first asked for in this form: most environments never are, and
/// need not pay for it.
/// </summary>
internal sealed class PreparedOfrep
{
    // Takes some 0.1 ms. Larger snapshots would delay the other connections of the thread.
    private const int PrepareInlineUpTo = ResponseBody.CompressInlineUpTo;

    private readonly Lock _preparing = new();
    private readonly EnvironmentSnapshot _snapshot;
    private readonly PublishedDocument _document;
    private volatile OfrepAnswers? _answers;

    public PreparedOfrep(EnvironmentSnapshot snapshot, PublishedDocument document)
    {
        _snapshot = snapshot;
        _document = document;
    }

    /// <summary>The answers; null as long as nobody asked for any.</summary>
    public OfrepAnswers? Answers => _answers;

    /// <summary>True if a thread that serves connections may prepare it.</summary>
    public bool IsSmall => _snapshot.RenderedLength <= PrepareInlineUpTo;

    /// <summary>Prepares the answers, unless that was done before. One thread prepares, and others wait for it.</summary>
    public OfrepAnswers Prepare(OfrepForm form)
    {
        if (_answers is { } answers)
        {
            return answers;
        }

        lock (_preparing)
        {
            return _answers ??= Render(form);
        }
    }

    /// <summary>Prepares what the version before had prepared, so that no request pays for a new version.</summary>
    public void PrepareLike(PreparedOfrep earlier)
    {
        if (earlier._answers is { } before)
        {
            Prepare(before.Form).PrepareLike(before);
        }
    }

    /// <summary>The same flags with another document that is equivalent.</summary>
    public PreparedOfrep With(PublishedDocument document)
    {
        var other = new PreparedOfrep(_snapshot, document);
        if (_answers is { } answers)
        {
            other._answers = new OfrepAnswers(answers.Flags, document, answers.Form, answers.Gzip);
        }

        return other;
    }

    private OfrepAnswers Render(OfrepForm form)
    {
        var flags = new OfrepFlags(_snapshot, form.Format);
        return new OfrepAnswers(flags, _document, form, new PreparedGzip(flags));
    }
}
