using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>Every tap of every position of a window that stands inside the image; a signal is an image of one column.</summary>
internal sealed class WindowWalk(int[] input, WindowSketch window)
{
    private readonly int[] _output = window.OutputOf(input, 1);

    public int InputPixels => Blueprint.Size(input[..^1]);

    public int OutputPixels => Blueprint.Size(_output);

    /// <summary>Sample by sample, positions and taps row by row.</summary>
    public IEnumerable<WindowTap> Taps(int samples)
    {
        WindowTap[] inside = [.. OfSample()];
        for (int sample = 0; sample < samples; sample++)
        {
            foreach (WindowTap tap in inside)
            {
                yield return new WindowTap((sample * OutputPixels) + tap.Output, (sample * InputPixels) + tap.Source, tap.Tap);
            }
        }
    }

    private IEnumerable<WindowTap> OfSample()
    {
        bool isImage = window.Axes == 2;
        int width = isImage ? input[1] : 1;
        int outputs = isImage ? _output[1] : 1;
        int taps = isImage ? window.Size[1] : 1;
        for (int output = 0; output < OutputPixels; output++)
        {
            for (int tap = 0; tap < window.Taps; tap++)
            {
                int row = At(0, output / outputs, tap / taps);
                int column = isImage ? At(1, output % outputs, tap % taps) : 0;
                if (row >= 0 && row < input[0] && column >= 0 && column < width)
                {
                    yield return new WindowTap(output, (row * width) + column, tap);
                }
            }
        }
    }

    private int At(int axis, int position, int tap) =>
        (position * window.Strides[axis]) + (tap * window.Dilation[axis]) - window.Before(axis, input[axis]);
}

/// <summary>A tap inside the image: the pixel of the result, that of the image, and which tap of the window it is.</summary>
internal readonly record struct WindowTap(int Output, int Source, int Tap);
