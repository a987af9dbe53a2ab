using System.Diagnostics;
using Unroll.Api;

namespace Unroll;

/// <summary>Shows how training goes.</summary>
/// <remarks>
/// <para>On a terminal, the two lines an epoch that Keras users know, the second redrawn at most ten times a second, with the time left
/// while the epoch runs and the time taken at its end:</para>
/// <code>
/// Epoch 3/5
/// 1875/1875 ━━━━━━━━━━━━━━━━━━━━ 1s 0.5ms/step - loss: 0.1234 - accuracy: 0.9611 - val_loss: 0.1345 - val_accuracy: 0.9580
/// </code>
/// <para>Elsewhere (a file, a build log) one plain line an epoch:</para>
/// <code>
/// Epoch 3/5 - 1s - 0.5ms/step - loss: 0.1234 - accuracy: 0.9611 - val_loss: 0.1345 - val_accuracy: 0.9580
/// </code>
/// <para>Warnings come on lines of their own. Numbers are written in the invariant culture.</para>
/// </remarks>
/// <example><code>model.Fit(train, epochs: 5, callbacks: [new ProgressBar()]);</code></example>
public sealed class ProgressBar : Callback
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _writer;
    private readonly bool _interactive;
    private readonly ProgressLine _line;
    private readonly TimeProvider _clock;
    private long _drawnAt;
    private int _drawnLength;

    /// <summary>Chooses where to write.</summary>
    /// <param name="writer">The default is the console.</param>
    /// <param name="interactive">
    /// Whether the line may be redrawn with a carriage return; by default where the console is a terminal and no writer is given.
    /// </param>
    public ProgressBar(TextWriter? writer = null, bool? interactive = null)
        : this(writer, interactive, TimeProvider.System)
    {
    }

    internal ProgressBar(TextWriter? writer, bool? interactive, TimeProvider clock)
    {
        _writer = writer ?? Console.Out;
        _interactive = interactive ?? (writer is null && !Console.IsOutputRedirected);
        _clock = clock;
        _line = new ProgressLine(_writer.Encoding);
    }

    internal override bool IsExclusive => true;

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context)
    {
        if (!_interactive || !context.IsFirstRank)
        {
            return;
        }

        _writer.WriteLine(_line.Heading(context.State));
        _drawnLength = 0;
        _drawnAt = _clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        long now = _clock.GetTimestamp();
        if (!_interactive || !context.IsFirstRank || _clock.GetElapsedTime(_drawnAt, now) < s_interval)
        {
            return;
        }

        _drawnAt = now;
        Redraw(_line.Running(context.State), TerminalWidth());
        _writer.Flush();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        if (!context.IsFirstRank)
        {
            return;
        }

        if (_interactive)
        {
            Redraw(_line.Finished(context.State), int.MaxValue);
            _writer.WriteLine();
        }
        else
        {
            _writer.WriteLine(_line.Plain(context.State));
        }

        _writer.Flush();
    }

    /// <inheritdoc/>
    public override void OnWarning(TrainingContext context, string message)
    {
        if (!context.IsFirstRank)
        {
            return;
        }

        if (_interactive && _drawnLength > 0)
        {
            Redraw("", int.MaxValue);
            _writer.Write('\r');
        }

        _drawnLength = 0;
        _writer.WriteLine($"Warning: {message}");
        _writer.Flush();
    }

    // A line that wraps cannot be redrawn from its beginning.
    private void Redraw(string line, int width)
    {
        string shown = line.Length < width ? line : line[..(width - 1)];
        _writer.Write('\r');
        _writer.Write(shown.PadRight(_drawnLength));
        _drawnLength = shown.Length;
    }

    private int TerminalWidth()
    {
        if (_writer != Console.Out)
        {
            return int.MaxValue;
        }

        try
        {
            return Console.WindowWidth > 1 ? Console.WindowWidth : int.MaxValue;
        }
        catch (IOException exception)
        {
            Debug.WriteLine(exception.Message);
            return int.MaxValue;
        }
    }
}
