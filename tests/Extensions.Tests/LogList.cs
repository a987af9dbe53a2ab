using Microsoft.Extensions.Logging;

namespace Unroll.Extensions.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogList : ILogger, ILoggerProvider
{
    private readonly List<(LogLevel Level, string Text)> _entries = [];

    public (LogLevel Level, string Text)[] Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    public string[] Of(LogLevel level) => [.. Entries.Where(entry => entry.Level == level).Select(static entry => entry.Text)];

    public ILogger CreateLogger(string categoryName) => categoryName == Telemetry.Name ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_entries)
        {
            _entries.Add((logLevel, formatter(state, exception) + (exception is null ? "" : $" | {exception.Message}")));
        }
    }

    public void Dispose()
    {
    }
}
