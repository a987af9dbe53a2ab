using System.Globalization;
using System.Text;
using Unroll.Fitting;

namespace Unroll.Api;

/// <summary>The texts of a <see cref="ProgressBar"/>.</summary>
internal sealed class ProgressLine
{
    private const int Width = 20;

    private readonly StringBuilder _text = new();
    private readonly char _done;
    private readonly char _left;

    public ProgressLine(Encoding encoding)
    {
        // Heavy and light lines where they can be written; a code page would turn them into question marks.
        bool unicode = encoding.CodePage is 65001 or 1200 or 1201 or 12000 or 12001;
        _done = unicode ? '━' : '=';
        _left = unicode ? '─' : '.';
    }

    public string Heading(FitState state) =>
        string.Create(CultureInfo.InvariantCulture, $"Epoch {state.Epoch + 1}/{state.Epochs}");

    /// <summary>Steps done, the bar, the time left, the time a step, the values so far.</summary>
    public string Running(FitState state)
    {
        int steps = state.Batch + 1;
        Begin(steps, state.BatchesPerEpoch);
        if (state.BatchesPerEpoch > 0)
        {
            double left = state.EpochTime.TotalSeconds / steps * Math.Max(0, state.BatchesPerEpoch - steps);
            AppendDuration(left);
        }
        else
        {
            AppendDuration(state.EpochTime.TotalSeconds);
        }

        return End(state, steps, " ");
    }

    /// <summary>The same with a full bar and the time taken.</summary>
    public string Finished(FitState state)
    {
        int steps = state.Batch + 1;
        Begin(steps, steps);
        AppendDuration(state.EpochTime.TotalSeconds);
        return End(state, steps, " ");
    }

    /// <summary>An epoch in one line.</summary>
    public string Plain(FitState state)
    {
        _text.Clear().Append(Heading(state)).Append(" - ");
        AppendDuration(state.EpochTime.TotalSeconds);
        return End(state, state.Batch + 1, " - ");
    }

    private void Begin(int steps, int total)
    {
        _text.Clear();
        if (total <= 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{steps}/? ");
            return;
        }

        string all = total.ToString(CultureInfo.InvariantCulture);
        int done = (int)((long)Width * Math.Min(steps, total) / total);
        _text.Append(steps.ToString(CultureInfo.InvariantCulture).PadLeft(all.Length)).Append('/').Append(all).Append(' ')
            .Append(_done, done).Append(_left, Width - done).Append(' ');
    }

    private string End(FitState state, int steps, string beforeStepTime)
    {
        _text.Append(beforeStepTime);
        AppendStepTime(state.EpochTime.TotalSeconds / steps);
        foreach (string name in state.Logs.Names.Where(static name => !Logs.IsOfLayer(name)))
        {
            float value = state.Logs[name];
            string format = MathF.Abs(value) > 1e-3f || !float.IsFinite(value) ? "0.0000" : "0.0000e+00";
            _text.Append(" - ").Append(name).Append(": ").Append(value.ToString(format, CultureInfo.InvariantCulture));
        }

        return _text.ToString();
    }

    private void AppendDuration(double seconds)
    {
        long whole = (long)Math.Round(seconds);
        FormattableString text = whole switch
        {
            >= 3600 => $"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}",
            >= 60 => $"{whole / 60}:{whole % 60:00}",
            _ => $"{whole}s",
        };
        _text.Append(FormattableString.Invariant(text));
    }

    private void AppendStepTime(double seconds)
    {
        FormattableString text = seconds switch
        {
            >= 1 => $"{seconds:0.0}s/step",
            >= 1e-2 => $"{seconds * 1e3:0}ms/step",
            >= 1e-4 => $"{seconds * 1e3:0.0}ms/step",
            _ => $"{seconds * 1e6:0}us/step",
        };
        _text.Append(FormattableString.Invariant(text));
    }
}
