namespace Unroll.Generator.Incremental;

/// <summary>Runs one stage of the compiler: stops before it if the editor has moved on, and names it if it throws.</summary>
internal static class Stage
{
    public static TResult Run<TResult>(string name, CancellationToken cancellationToken, Func<TResult> body)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return body();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new StageFailedException(name, exception);
        }
    }
}

/// <summary>An exception with the stage it came from.</summary>
internal sealed class StageFailedException(string stage, Exception cause) : Exception(cause.Message, cause)
{
    public string Stage { get; } = stage;
}
